import type { VolumeId } from '../../core/domain/volume.ts';
import type { Deployment, DeploymentWorld } from './deployment.ts';
import type { ExplainOptions } from './explain-options.ts';
import { sheetOf } from './explain-text.ts';
import { type Recorded, type RecordedCase, recordedUpTo } from './recorded-case.ts';
import { recordedJson } from './recorded-json.ts';
import { recordedText } from './recorded-text.ts';

export interface RecordedWorld extends DeploymentWorld {
  /** How wide the terminal is; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** Of this package, as a report names it. */
  readonly version: string;
}

/**
 * What the responder did about a volume by some time, and why, as it wrote it down then. Asks nobody but the table, so
 * that a volume that is gone can be explained as well.
 * @returns the exit code: 0 explained, 1 where nothing is recorded
 */
export async function explainRecorded(
  volumeId: VolumeId,
  { at: until, json }: Extract<ExplainOptions, { asks: 'recorded' }>,
  { account, access: { region }, ports }: Deployment,
  world: RecordedWorld,
): Promise<number> {
  const all: RecordedCase[] = [];
  for await (const file of ports.caseFilesOf(volumeId)) all.push(recordedUpTo(until, file));
  const cases = all.filter(({ steps }) => steps.length > 0).toReversed();
  const recorded: Recorded = { account, region, volumeId, until, cases };
  if (cases.length === 0) {
    world.error(`missing: ${nothingIn(recorded, all.at(-1))}\n`);
    return 1;
  }
  const { out, paint, columns, version } = world;
  out(json ? recordedJson(recorded, version) : recordedText(recorded, sheetOf(paint, columns)));
  return 0;
}

/** `oldest` of all its cases, which came later. */
function nothingIn({ account, region, volumeId, until }: Recorded, oldest: RecordedCase | undefined): string {
  const why = whyNothing(oldest);
  const time = new Date(until).toISOString();
  return `nothing is recorded of ${volumeId} in ${account} ${region} by ${time}: ${why}, or have its metrics explained, with --history DIR as ebs-burst assess --save DIR wrote it`;
}

/** Steps are kept for 90 days, a case for as long as it is open. */
function whyNothing(oldest: RecordedCase | undefined): string {
  if (oldest === undefined)
    return 'the table, which remembers 90 days, has no case of it; check the id and the Region';
  const { case: its, laterSteps } = oldest;
  return laterSteps === 0
    ? `case ${its.id} is ${its.state}, and its steps are older than the 90 days that the table remembers; leave out --at for how it is now`
    : `all that the table still has of it came later, from case ${its.id} on; name a later time`;
}
