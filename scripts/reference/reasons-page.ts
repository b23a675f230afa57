import { nextStep, sentence } from '../../core/domain/reason-texts.ts';
import type { Reason } from '../../core/domain/reasons.ts';
import { awsRefusalOf, modifyVolumeErrorCodes } from '../../lambda/adapters/aws-errors.ts';
import { exampleReasons } from './example-reasons.ts';
import { code, type Page, page, table } from './page.ts';

const intro = [
  'Every decision carries one of these, "do nothing" included. The values in the sentences are examples. Which guard asks',
  'for what, and in which order, is in [guards](guards.md).',
].join('\n');

const awsIntro = [
  '## What AWS answers to ModifyVolume',
  [
    'Each error code has one outcome. When AWS refuses, nothing was changed: the claim is given back, the team is told and the',
    'volume is decided on anew when its case is due. A code that is not in this table is `aws-unclassified`.',
  ].join('\n'),
].join('\n\n');

const withoutAnswer = [
  'A reply that was lost, a broken connection and AWS’s own faults (status 5xx) are no refusal: the request may have been',
  'accepted. The intent stays (`intent-unresolved`), nothing is asked again, and describing the volume shows what happened.',
].join('\n');

export const reasonsPage: Page = {
  file: 'reasons.md',
  render: () =>
    page(
      'Reasons: why something was done or not',
      intro,
      table(['code', 'sentence', 'next step'], exampleReasons.map(row)),
      awsIntro,
      table(['AWS error code', 'outcome', 'next step'], modifyVolumeErrorCodes.map(outcomeRow)),
      withoutAnswer,
    ),
};

const row = (reason: Reason): readonly string[] => [code(reason.code), sentence(reason), nextStep(reason)];

function outcomeRow(awsCode: string): readonly string[] {
  const refusal = awsRefusalOf(namedError(awsCode));
  if (refusal === undefined)
    throw new Error(`${awsCode} is no refusal; take it out of lambda/adapters/aws-errors.ts`);
  return [code(awsCode), code(refusal.code), nextStep(refusal)];
}

/** As the SDK throws it: the name is AWS's code, the status says that AWS answered. */
const namedError = (awsCode: string): Error =>
  Object.assign(new Error(awsCode), { name: awsCode, $metadata: { httpStatusCode: 400 } });
