import { type Explained, explainVolume } from '../../core/application/explain-volume.ts';
import type { ObservePorts } from '../../core/application/observe.ts';
import type { ReplaySettings } from '../../core/application/replay/replay-settings.ts';
import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { FileError } from '../history/atomic-file.ts';
import { loadRecording } from '../history/load-recording.ts';
import { defaultPolicy, readPolicyFile } from '../policy-file.ts';
import { UsageError } from '../usage-error.ts';
import { type Deployment, type DeploymentWorld, onDeployment, withUsage } from './deployment.ts';
import { explanationJson } from './explain-json.ts';
import { type ExplainOptions, explainUsage, parseExplainOptions } from './explain-options.ts';
import { explanationText, sheetOf, type Told } from './explain-text.ts';
import { noticesOf } from './incident-notices.ts';
import { consentWords, withConsent } from './with-consent.ts';

export interface ExplainWorld extends DeploymentWorld {
  readonly replayUntil: (
    at: Instant,
    recording: Recording,
    settings: ReplaySettings,
  ) => Promise<ObservePorts>;
  readonly assumptions: ReplaySettings['assumptions'];
  /** How wide the terminal is; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** Of this package, as a report names it. */
  readonly version: string;
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
  const volumeId = options.volumeId ?? deployment.volumeId;
  const { region } = access;
  if (volumeId === undefined) throw new UsageError('got no volume, expected the id of one; name it');
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
    killSwitch: switchParameter === undefined ? undefined : await ports.readSwitch(switchParameter),
    withConsent: undefined,
    assumed: [],
  };
  return shown(volumeId, explained, told, options, world);
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
  const policy = file === undefined ? defaultPolicy : await readPolicyFile(file);
  const { account, region } = recording;
  const settings = { policy, prices: priceListOf(region, []) };
  const replaySettings = {
    ...settings,
    assumptions: { ...world.assumptions, consent: 'as-tagged' },
  } as const;
  const explainedIn = async (days: Recording): Promise<Explained> =>
    explainVolume(volumeId, settings, await world.replayUntil(at, days, replaySettings));
  const explained = await explainedIn(recording);
  const other = withConsent(recording, volumeId, policy);
  const told: Told = {
    account,
    region,
    notices: [],
    killSwitch: undefined,
    withConsent:
      other && explained.kind === 'explained'
        ? consentWords(other.tag, explained.explanation, await explainedIn(other.recording))
        : undefined,
    assumed: [
      `it was as at the end of the record in type and tags, and the policy was ${file ?? "the construct's defaults"}`,
      'volumes are moved only where their tags consent to it; ebs-burst assess assumes that all do',
      'the account had room in every quota, no stack was being updated, and no instance was at its limit',
    ],
  };
  return shown(volumeId, explained, told, options, world);
}

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
  const held =
    explained.openCase === undefined
      ? ''
      : `; case ${explained.openCase.id} of it is open and ends if it stays away`;
  world.error(
    `missing: ${volumeId} is not in ${told.account} ${told.region}${held}; check the id and the Region\n`,
  );
  return 1;
}
