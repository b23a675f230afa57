import { nextStep, sentence } from '../../core/domain/reason-texts.ts';
import type { ReasonCode } from '../../core/domain/reasons.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { AccountOptions } from '../../twin/account.ts';
import type { InstanceOptions } from '../../twin/ebs/simulated-instance.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { caseNotices, mails, unfolded } from './account-history.ts';
import {
  acting,
  attachedVolume,
  type Load,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

/** One difference from the account in which we act. */
export interface Variation {
  readonly what: string;
  /** The one refusal that it must lead to. */
  readonly code: ReasonCode;
  readonly props?: EbsBurstResponderProps;
  readonly options?: Partial<AccountOptions>;
  readonly volume?: Partial<VolumeOptions>;
  readonly instance?: InstanceOptions;
  readonly load?: readonly Load[];
  /** Done right after the deployment, before the first drain. */
  readonly change?: (responder: ResponderAccount, volumeId: VolumeId) => void;
  /** Takes the difference away again; then we act. */
  readonly lift?: (responder: ResponderAccount, volumeId: VolumeId) => void;
}

/** 100 GiB at full burst are at the wall 33 minutes later (EBS user guide, general-purpose). */
export const fullBurst: readonly Load[] = [
  { at: 0, iops: 50 },
  { at: 30, iops: 3_000 },
];
/** One-minute samples, a minute late. */
export const prompt = { balanceSampling: 1, publicationDelay: 1 } as const;

export interface Drain extends ResponderAccount {
  readonly volumeId: VolumeId;
}

/** The account in which we act on a draining, consenting volume, with this one difference. */
export async function drainWith(variation: Partial<Variation>): Promise<Drain> {
  const { props = acting, options, volume, instance, load = fullBurst, change } = variation;
  const ids: VolumeId[] = [];
  const responder = await responderAccount(
    props,
    (account) => {
      const gp2: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100, ...volume };
      ids.push(attachedVolume(account, gp2, load, instance));
    },
    { metrics: prompt, ...options },
  );
  const [volumeId] = ids;
  if (volumeId === undefined) throw new Error('no volume was made; expected one');
  change?.(responder, volumeId);
  return { ...responder, volumeId };
}

export const until = ({ account }: ResponderAccount, minutesAfterStart: number): Promise<void> =>
  account.simulation.runUntil(startsAt + minutesAfterStart * minute);

/** Sentence and next step of every refusal told, and whether the mail that tells it says both. */
export const refusalTexts = (responder: ResponderAccount) => {
  const texts = mails(responder).map(({ message }) => unfolded(message));
  return caseNotices(responder)
    .flatMap(({ said, at }) =>
      said.kind === 'warned' || said.kind === 'needed'
        ? said.refusals.map((refusal) => ({ refusal, at }))
        : [],
    )
    .map(({ refusal, at }) => {
      const text = `${sentence(refusal, at)}. Next: ${nextStep(refusal)}.`;
      return { text, isMailed: texts.some((mail) => mail.includes(unfolded(text))) };
    });
};
