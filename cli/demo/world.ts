import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { type Account, createAccount } from '../../twin/account.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import { type Deployed, deploy } from './deploy.ts';
import type { Load, RunningLoad } from './load.ts';
import { Recorder } from './recorder.ts';
import { synthesize } from './synthesize.ts';

/** A Monday morning; any other would do. */
const STARTS_AT: TwinTime = Date.UTC(2026, 2, 2, 8);
/** The load begins ten minutes after the volume, with everything deployed and the bucket full. */
export const LOAD_FROM: TwinTime = STARTS_AT + 600_000;

const REGION = 'us-east-1';
export const SLACK_CHANNEL_NAME = 'storage';
const SLACK_TOKEN_PARAMETER = '/ebs-burst/slack-token';
const MAIL_TO = 'storage-team@example.com';
const RUNBOOK_URL = 'https://wiki.example.com/storage/ebs-burst-runbook';

export interface WorldSetup {
  readonly sizeGiB: number;
  readonly seed: number;
  readonly load: Load;
  /** How the responder is configured; undefined is the world without us. */
  readonly responder: EbsBurstResponderProps | undefined;
}

/** One simulated account with one volume, one load and perhaps the responder. */
export interface World {
  readonly account: Account;
  readonly volumeId: string;
  readonly recorder: Recorder;
  readonly running: RunningLoad;
  readonly deployed: Deployed | undefined;
  readonly slackChannelId: string;
}

/** Both worlds are made alike up to the responder; publication delay and sampling come from the seed. */
export async function createWorld({ sizeGiB, seed, load, responder }: WorldSetup): Promise<World> {
  const account = createAccount({ accountId: '123456789012', region: REGION, startAt: STARTS_AT, seed });
  const slackChannelId = account.slackWorkspace.addChannel(SLACK_CHANNEL_NAME);
  account.parameters.put(SLACK_TOKEN_PARAMETER, account.slackBotToken, 'SecureString');
  const { volumes } = account.ebs;
  const volume = volumes.createVolume({
    volumeType: 'gp2',
    sizeGiB,
    tags: {
      Name: 'ci-runner-1 docker',
      owner: 'ci-team',
      environment: 'ci',
      // Consent: without it the responder only tells.
      'ebs-burst:mode': 'act',
    },
  });
  volumes.attach(volume.id, volumes.createInstance().id, '/dev/sdf');
  const running = load.begin(LOAD_FROM);
  const recorder = new Recorder(volumes, volume, running.workload);
  const slack = { channel: slackChannelId, tokenParameter: SLACK_TOKEN_PARAMETER };
  const deployed =
    responder &&
    (await deploy(account, synthesize({ ...responder, slack, mailTo: [MAIL_TO], runbookUrl: RUNBOOK_URL })));
  await account.simulation.runUntil(LOAD_FROM);
  return { account, volumeId: volume.id, recorder, running, deployed, slackChannelId };
}
