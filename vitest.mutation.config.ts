import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import everything from './vitest.config.ts';

/** Tests in the order of their nearness to the mutated file, which Stryker names as `related`: most mutants die early. */
class NearestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = this.ctx.config.related?.[0] ?? '';
    const byNearness = files.map((file) => ({ file, nearness: nearness(file.moduleId, mutated) }));
    return Promise.resolve(
      byNearness
        .toSorted((a, b) => b.nearness - a.nearness || a.file.moduleId.localeCompare(b.file.moduleId))
        .map(({ file }) => file),
    );
  }
}

/** How much of test/domain/x/y.test.ts is also in core/domain/x/y.ts; the same name counts as well. */
function nearness(test: string, mutated: string): number {
  const folders = mutated.split('/core/').at(-1)?.split('/').slice(0, -1) ?? [];
  const own = test.split('/test/').at(-1)?.split('/') ?? [];
  const apart = folders.findIndex((folder, index) => folder !== own[index]);
  const isNamesake = basename(test).split('.')[0] === basename(mutated).split('.')[0];
  return (apart === -1 ? folders.length : apart) + (isNamesake ? 1 : 0);
}

export default defineConfig({
  test: {
    ...everything.test,
    include: ['test/domain/**/*.test.ts', 'test/application/**/*.test.ts', 'test/golden-messages.test.ts'],
    // A mutant has to die of a sentence, each time: property and model tests draw other cases in every run.
    exclude: ['**/*.property.test.ts', '**/*.model.test.ts'],
    // The domain is pure and its tests share no state, so one worker's modules serve every file: three times as fast.
    isolate: false,
    sequence: { sequencer: NearestFirst },
  },
});
