import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './reference/pages.ts';

for (const { file, render } of pages) {
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'reference', file), render());
  console.log(`docs/reference/${file}`);
}
