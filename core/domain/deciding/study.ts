import type { AwsRefusal, FactName, Refusal } from '../reasons.ts';

/** Facts that a glance leaves out because they are billed or slow; observe() reads them where they can matter. */
const studied: ReadonlySet<FactName> = new Set([
  'volume status',
  'instance limit',
  'CloudFormation stack',
  'quota',
]);

/** Refusals found in those facts, and those of the caps, which are asked about only after them. */
const found: ReadonlySet<string> = new Set<Refusal['code']>([
  'volume-impaired',
  'volume-stalled',
  'volume-initialising',
  'instance-bottleneck',
  'stack-updating',
  'quota-exhausted',
  'over-budget',
  'over-blast-radius',
]);

/** Whether it is unread for want of a study: guards are asked in order, so any other first refusal stands after one. */
export const wantsStudy = (refusal: Refusal | AwsRefusal): boolean =>
  refusal.code === 'unread-fact' && studied.has(refusal.fact);

/** Whether it takes a study to see that it no longer holds. */
export const restsOnStudy = (refusal: Refusal | AwsRefusal): boolean =>
  wantsStudy(refusal) || found.has(refusal.code);
