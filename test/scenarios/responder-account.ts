import { type Deployed, deploy } from '../../cli/demo/deploy.ts';
import { synthesize } from '../../cli/demo/synthesize.ts';
import { isVolumeId } from '../../core/domain/volume.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { type Account, type AccountOptions, createAccount } from '../../twin/account.ts';
import { steppedDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { InstanceOptions } from '../../twin/ebs/simulated-instance.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import type { Template } from '../../twin/template/load-template.ts';

export const startsAt = Date.UTC(2026, 2, 2, 9);
export const minute = 60_000;
export const hour = 60 * minute;

/** Without these, synthesis warns in the output of every test. */
const runbookUrl = 'https://wiki.example.com/ebs-burst';
const mailTo = ['storage@example.com'];

const channel = 'C0TWIN0001';
export const tokenParameter = '/ebs-burst/slack-token';

/** The settings most scenarios run with: acting allowed, mail and Slack. */
export const acting: EbsBurstResponderProps = {
  mode: 'act',
  slack: { channel, tokenParameter },
};

/** Synthesizing takes a second and is the same every time for the same settings. */
const templates = new Map<string, Template>();
export const templateOf = (props: EbsBurstResponderProps): Template => {
  const key = JSON.stringify(props);
  const known = templates.get(key) ?? synthesize({ runbookUrl, mailTo, ...props });
  templates.set(key, known);
  return known;
};

export interface ResponderAccount {
  readonly account: Account;
  readonly deployed: Deployed;
  readonly slackChannelId: string;
}

/** A simulated account with the responder deployed from its own template; `prepare` makes what was there before it. */
export async function responderAccount(
  props: EbsBurstResponderProps,
  prepare: (account: Account) => void,
  options: Partial<AccountOptions> = {},
): Promise<ResponderAccount> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: 7,
    ...options,
  });
  const slackChannelId = account.slackWorkspace.addChannel('storage');
  account.parameters.put(tokenParameter, account.slackBotToken, 'SecureString');
  prepare(account);
  return { account, deployed: await deploy(account, templateOf(props)), slackChannelId };
}

export interface Load {
  /** Minutes after the start. */
  readonly at: number;
  readonly iops: number;
  /** Default 16 KiB. */
  readonly ioBytes?: number;
}

/** A volume with the consent tag on a running instance of its own, under this load. */
export function attachedVolume(
  account: Account,
  volume: VolumeOptions,
  load: readonly Load[],
  instance: InstanceOptions = {},
): `vol-${string}` {
  const { volumes } = account.ebs;
  const tags = { Name: 'db', 'ebs-burst:mode': 'act', ...volume.tags };
  const { id } = volumes.createVolume({ ...volume, tags });
  volumes.attach(id, volumes.createInstance(instance).id);
  const steps = load.map(({ at, iops, ioBytes = 16_384 }) => ({
    from: startsAt + at * minute,
    iops,
    ioBytes,
  }));
  volumes.setWorkload(id, steppedDemand(steps));
  if (!isVolumeId(id)) throw new Error(`the account made the volume id ${id}, expected vol-…`);
  return id;
}
