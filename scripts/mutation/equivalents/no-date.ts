import { at, type Equivalents } from './mutant.ts';

export const noDate: Equivalents = {
  because: 'No text that is no date becomes one: both are refused alike',
  mutants: at(
    'deciding/guards/memory.ts',
    "const writtenAt = Date.parse(volume.tags[stateAtTagKey] ?? '');",
    ["''", '"Stryker was here!"'],
  ),
};
