import type { CaseStory } from './case-story.ts';
import type { Fact, Stamp } from './fact.ts';
import { didFact, expectFact, undoFact } from './facts-of-acts.ts';
import { costFact, limitsFact } from './facts-of-cost.ts';
import { consoleFact, graphFact, nextFact, ownerFact, runbookFact, whereFact } from './facts-of-place.ts';
import { byHandFact, lockFact, notDoneFact } from './facts-of-refusals.ts';
import { causeFact, creditsFact, whatFact } from './facts-of-symptom.ts';

type FactOf = (story: CaseStory, stamp: Stamp) => Fact | undefined;

/** A fact without a source says nothing; one whose source failed says "unknown" and why. */
const inOrder: readonly FactOf[] = [
  whatFact,
  didFact,
  expectFact,
  notDoneFact,
  byHandFact,
  whereFact,
  creditsFact,
  causeFact,
  costFact,
  limitsFact,
  lockFact,
  undoFact,
  nextFact,
  ownerFact,
  graphFact,
  consoleFact,
  runbookFact,
];

export const factsOf = (story: CaseStory, stamp: Stamp): readonly Fact[] =>
  inOrder.map((factOf) => factOf(story, stamp)).filter((fact) => fact !== undefined);
