import { type Explained, explainVolume } from '../../core/application/explain-volume.ts';
import type { ObservePorts } from '../../core/application/observe.ts';
import type { ReplaySettings } from '../../core/application/replay/replay-settings.ts';
import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { FileError } from '../history/atomic-file.ts';
import { loadRecording } from '../history/load-recording.ts';
import { actingPolicy, readPolicyFile } from '../policy-file.ts';
import { UsageError } from '../usage-error.ts';
import { type Deployment, onDeployment, withUsage } from './deployment.ts';
import { explanationJson } from './explain-json.ts';
import { type ExplainOptions, explainUsage, parseExplainOptions } from './explain-options.ts';
import { explainRecorded, type RecordedWorld } from './explain-recorded.ts';
import { explanationText, sheetOf, type Told } from './explain-text.ts';
import { noticesOf } from './incident-notices.ts';
import { firstClosed, type RecordedCase } from './recorded-case.ts';
import { assumedTag, consentWords, sayingAssumed, withConsent } from './with-consent.ts';

export interface ExplainWorld extends RecordedWorld {
  readonly replayUntil: (
    at: Instant,
    recording: Recording,
    settings: ReplaySettings,
  ) => Promise<ObservePorts>;
  readonly assumptions: ReplaySettings['assumptions'];
}

/** @returns the exit code: 0 explained, 1 not there or not readable, 2 wrong options or file */
export const explain = (args: readonly string[], world: ExplainWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseExplainOptions(args);
    switch (options.asks) {
      case 'help':
        world.out(explainUsage);
        return 0;
      case 'then':
        return explainThen(options, world);
      case 'recorded':
        return onDeployment(options, world, (deployment) =>
          explainRecorded(volumeIn(options, deployment), options, deployment, world),
        );
      default:
        return onDeployment(options, world, (deployment) => explainNow(options, deployment, world));
    }
  });

async function explainNow(
  options: Extract<ExplainOptions, { asks: 'now' }>,
  deployment: Deployment,
  world: ExplainWorld,
): Promise<number> {
  const { ports, policy, access, account, switchParameter } = deployment;
  const volumeId = volumeIn(options, deployment);
  const { region } = access;
  const explained = await explainVolume(
    volumeId,
    { policy: await policy(), prices: priceListOf(region, []) },
    ports,
  );
  const openCase = caseOf(explained);
  const told: Told = {
    account,
    region,
    notices: openCase === undefined ? [] : ((await noticesOf([openCase], ports)).get(openCase.id) ?? []),
    lastCase: openCase === undefined ? await firstClosed(ports.caseFilesOf(volumeId)) : undefined,
    killSwitch: switchParameter === undefined ? undefined : await ports.readSwitch(switchParameter),
    withConsent: undefined,
    assumed: [],
  };
  return shown(volumeId, explained, told, options, world);
}

/** @throws UsageError where nobody names one */
function volumeIn(
  { volumeId }: Extract<ExplainOptions, { asks: 'now' | 'recorded' }>,
  deployment: Deployment,
): VolumeId {
  const named = volumeId ?? deployment.volumeId;
  if (named === undefined) throw new UsageError('got no volume, expected the id of one; name it');
  return named;
}

const caseOf = (explained: Explained): OpenCase | undefined =>
  explained.kind === 'gone' ? explained.openCase : explained.explanation.situation.openCase;

async function explainThen(
  options: Extract<ExplainOptions, { asks: 'then' }>,
  world: ExplainWorld,
): Promise<number> {
  const { volumeId, at, history, policy: file } = options;
  const recording = await loadRecording(history);
  expectRecorded(recording, at, history);
  const policy = file === undefined ? actingPolicy : await readPolicyFile(file);
  const { account, region } = recording;
  const settings = { policy, prices: priceListOf(region, []) };
  const consent = options.consent ?? world.assumptions.consent;
  const replaySettings = { ...settings, assumptions: { ...world.assumptions, consent } };
  const explainedIn = async (days: Recording): Promise<Explained> =>
    explainVolume(volumeId, settings, await world.replayUntil(at, days, replaySettings));
  const explained = await explainedIn(recording);
  const other = consent === 'as-tagged' ? withConsent(recording, volumeId, policy) : undefined;
  const assumed = consent === 'assumed' ? assumedTag(recording, volumeId, policy) : undefined;
  const told: Told = {
    account,
    region,
    notices: [],
    lastCase: undefined,
    killSwitch: undefined,
    withConsent:
      other && explained.kind === 'explained'
        ? consentWords(other.tag, explained.explanation, await explainedIn(other.recording))
        : undefined,
    assumed: [
      ...unseenWords(recording, volumeId),
      `it was as at the end of the record in type and tags, and the policy was ${file ?? "the construct's defaults, but in mode act"}`,
      consentTaken[consent],
      'the account had room in every quota, no stack was being updated, and no instance was at its limit',
    ],
  };
  const seen =
    assumed === undefined || explained.kind === 'gone'
      ? explained
      : { ...explained, explanation: sayingAssumed(explained.explanation, assumed) };
  return shown(volumeId, seen, told, options, world);
}

const consentTaken: Readonly<Record<ReplaySettings['assumptions']['consent'], string>> = {
  assumed:
    'every volume without a tag of consent carried it, as ebs-burst assess and replay take it; --consent as-tagged believes the tags alone',
  'as-tagged':
    'volumes were moved only where their tags consent to it; ebs-burst assess assumes that all do, as does this without --consent',
};

/** What was lived through before that moment had holes, if it has. */
const unseenWords = ({ volumes }: Recording, volumeId: VolumeId): readonly string[] =>
  volumes.flatMap(({ volume, unseen }) =>
    volume.id === volumeId && unseen !== undefined
      ? [`nothing happened in the hours that nobody saw: ${unseen}`]
      : [],
  );

function expectRecorded({ from, until }: Recording, at: Instant, history: string): void {
  if (at >= from && at <= until) return;
  const [asked, first, last] = [at, from, until].map((time) => new Date(time).toISOString());
  throw new FileError(`${history}: holds ${first} to ${last}, got --at ${asked}; name a time within`);
}

function shown(
  volumeId: VolumeId,
  explained: Explained,
  told: Told,
  { json }: Pick<ExplainOptions, 'json'>,
  world: ExplainWorld,
): number {
  if (explained.kind === 'explained') {
    const { explanation } = explained;
    world.out(
      json
        ? explanationJson(explanation, told, world.version)
        : explanationText(explanation, told, sheetOf(world.paint, world.columns)),
    );
    return 0;
  }
  const held = heldOf(explained.openCase, told.lastCase);
  world.error(
    `missing: ${volumeId} is not in ${told.account} ${told.region}${held}; check the id and the Region\n`,
  );
  return 1;
}

/** What the table has of a volume that is not there. */
function heldOf(openCase: OpenCase | undefined, last: RecordedCase<Closed> | undefined): string {
  if (openCase !== undefined) return `; case ${openCase.id} of it is open and ends if it stays away`;
  if (last === undefined) return '';
  return `; its last case, ${last.case.id}, is over, and --at ${new Date(last.case.closedAt).toISOString()} tells of it`;
}
