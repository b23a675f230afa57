import { readFileSync } from 'node:fs';

/** Of this package, as reports name it. */
export function packageVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version }: { version?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
  return String(version);
}
