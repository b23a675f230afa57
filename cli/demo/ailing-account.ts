import { instant } from '../../core/domain/units.ts';
import { type Account, createAccount } from '../../twin/account.ts';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { Template } from '../../twin/template/load-template.ts';
import { doctorAccess, doctorClients } from '../aws/doctor-access.ts';
import type { DoctorAccess } from '../commands/doctor-access.ts';
import { deploy } from './deploy.ts';
import { quietLogs } from './quiet-logs.ts';
import { synthesize } from './synthesize.ts';

const region = 'us-east-1';
/** A Monday morning. */
const startAt: TwinTime = Date.UTC(2026, 2, 2, 8);
const minute = 60_000;
const tokenParameter = '/ebs-burst/slack-token';

export const examinedProps = {
  mode: 'act',
  mailTo: ['storage-team@example.com'],
  runbookUrl: 'https://wiki.example.com/storage/ebs-burst-runbook',
  slack: { channel: 'C0TWIN0001', tokenParameter },
} as const;

/** An account in which everything is well, and the names that a breakage needs. */
export interface ExaminedAccount {
  readonly account: Account;
  /** Physical names by the end of the construct path. */
  readonly physicalName: (pathEnd: string) => string;
  readonly volumeIds: readonly string[];
  readonly access: DoctorAccess;
}

/** The template of examinedProps, which costs seconds to make. */
export const examinedTemplate = (): Template => synthesize(examinedProps);

export async function examinedAccount(template: Template): Promise<ExaminedAccount> {
  quietLogs();
  const account = createAccount({ accountId: '123456789012', region, startAt, seed: 1 });
  account.slackWorkspace.addChannel('storage');
  account.parameters.put(tokenParameter, account.slackBotToken, 'SecureString');
  const volumeIds = ['orders-db', 'search-index', 'web-1 root'].map((name) => addVolume(account, name));
  const { stack } = await deploy(account, template);
  await account.simulation.runUntil(startAt + 40 * minute);
  const clients = doctorClients({ region, credentials: noKeys });
  for (const client of Object.values(clients)) account.connect(client, 'a person');
  const now = () => instant(account.simulation.now);
  return {
    account,
    physicalName: (pathEnd) => stack.physicalName(pathEnd),
    volumeIds,
    access: doctorAccess(clients, { region, now, fetch: account.fetch }),
  };
}

function addVolume({ ebs: { volumes } }: Account, name: string): string {
  const tags = { Name: name, 'ebs-burst:mode': 'act' };
  const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100, tags });
  volumes.attach(id, volumes.createInstance().id, '/dev/sdf');
  volumes.setWorkload(id, constantDemand({ iops: 40, ioBytes: 16_384 }));
  return id;
}

const noKeys = async () => ({ accessKeyId: 'demo', secretAccessKey: 'demo' });

type Break = (examined: ExaminedAccount) => void;

/** What people do to a deployment without meaning to. */
export const breakages = {
  'somebody set the reserved concurrency of sweep to 0': ({ account, physicalName }) =>
    account.functions.reconfigure(physicalName('Sweep/Sweep/Function'), { reservedConcurrency: 0 }),
  'the census rule was disabled': ({ account, physicalName }) =>
    account.bus.setEnabled(physicalName('AlarmKeeper/Census'), false),
  'a dead letter waits': ({ account, physicalName }) =>
    void account.queues.get(physicalName('Responder/Unanswered')).send({ body: '{}', senderId: 'demo' }),
  'nobody confirmed the mail subscription': ({ account }) => {
    const topic = account.topics.get(account.ebs.stacks.describe('EbsBurst').outputs['NoticeTopicArn']);
    for (const subscription of topic.subscriptions) subscription.isConfirmed = false;
  },
  'the app was taken out of its Slack channel': ({ account }) => {
    const channel = account.slackWorkspace.channel(examinedProps.slack.channel);
    if (channel !== undefined) channel.isMember = false;
  },
  'respond lost the permission to modify volumes': ({ account, physicalName }) =>
    account.roles.rewrite(account.roles.arn(physicalName('Responder/Respond/Role')), (statements) =>
      statements.filter(({ Sid }) => Sid !== 'ModifyConsentedVolumes'),
    ),
  'the kill switch says stop': ({ account }) => account.parameters.put('/ebs-burst/switch', 'stop'),
} as const satisfies Record<string, Break>;

/** A simulated deployment with everything above broken at once. */
export async function ailingDemo(): Promise<DoctorAccess & { readonly broken: readonly string[] }> {
  const examined = await examinedAccount(examinedTemplate());
  for (const breakIt of Object.values<Break>(breakages)) breakIt(examined);
  return { ...examined.access, broken: Object.keys(breakages) };
}
