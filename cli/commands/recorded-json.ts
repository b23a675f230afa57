import { auditJson } from '../report/audit-report.ts';
import { iso } from '../report/texts.ts';
import { nameIn, type Recorded, type RecordedCase } from './recorded-case.ts';

/**
 * What `explain --at --json` prints of a deployment: every case with a step by then, the steps as `ebs-burst export` has
 * them. `version` rises when a field goes or changes its meaning; new fields may come at any time. Times are ISO 8601 in
 * UTC; what there is not is null. Ends with a newline.
 */
export function recordedJson(recorded: Recorded, version: string): string {
  const { account, region, volumeId, until, cases } = recorded;
  const json = {
    format: 'ebs-burst/recorded',
    version: 1,
    madeBy: `ebs-burst ${version}`,
    until: iso(until),
    account,
    region,
    volume: { volumeId, name: nameIn(recorded) },
    cases: cases.map(recordedCaseJson),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** State and end are those of now. */
export const recordedCaseJson = ({ case: of, steps, laterSteps }: RecordedCase) => ({
  id: of.id,
  incident: of.incident ?? null,
  openedAt: iso(of.openedAt),
  state: of.state,
  ending: of.state === 'closed' ? of.ending : null,
  closedAt: of.state === 'closed' ? iso(of.closedAt) : null,
  steps: steps.map(auditJson),
  laterSteps,
});
