import { answeredBefore } from './equivalents/answered-before.ts';
import { lastMember } from './equivalents/last-member.ts';
import type { Equivalents } from './equivalents/mutant.ts';
import { narrowing } from './equivalents/narrowing.ts';
import { noDate } from './equivalents/no-date.ts';
import { otherTypes } from './equivalents/other-types.ts';

/** Survivors that were looked at and change nothing; every other survivor asks for a test. */
export const equivalents: readonly Equivalents[] = [
  narrowing,
  otherTypes,
  lastMember,
  answeredBefore,
  noDate,
];
