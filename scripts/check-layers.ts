import { cruiseLayers } from './layers.ts';

const { violations, unseen, modules } = await cruiseLayers(process.cwd());

for (const violation of violations) console.error(violation);
for (const file of unseen) console.error(`not looked at: ${file}`);
if (violations.length > 0 || unseen.length > 0) {
  console.error(
    `\n${violations.length} violations; what each rule protects stands in .dependency-cruiser.cjs`,
  );
  process.exitCode = 1;
} else {
  console.log(`layers hold: ${modules.length} modules looked at`);
}
