import { minute, type ResponderAccount } from '../responder-account.ts';
import { acceptedOf, type Reliance } from './caps.ts';
import { type Asked, type Intent, intentBehind, readBefore, text } from './requests.ts';

/** A BurstBalance counts for this long after the end of its period. */
const evidenceLife = 10 * minute;

/**
 * I12: an upgrade that a forecast asked for stands on a balance that the account had published when the run read it, and
 * that was young when the run began. A return, and a volume moved before its balance is asked for, stand on none.
 */
export function onOldEvidence(
  responder: ResponderAccount,
  asked: readonly Asked[],
  intents: readonly Intent[],
  { clockError = 0 }: Reliance,
): readonly string[] {
  const restsOnForecast = (one: Asked): boolean => {
    const held = intentBehind(one, intents)?.held;
    return held !== undefined && held.bridge === undefined && held.reason.code !== 'born-right';
  };
  return acceptedOf(responder, asked)
    .filter((one) => restsOnForecast(one) && !hadYoungBalance(responder, one, clockError))
    .map((one) => `${text(one)}: no BurstBalance of the last 10 minutes`);
}

function hadYoungBalance(responder: ResponderAccount, one: Asked, clockError: number): boolean {
  const { calls } = responder.account.endpoint;
  const balance = responder.account.ebs.store.find({
    namespace: 'AWS/EBS',
    name: 'BurstBalance',
    dimensions: { VolumeId: one.volumeId },
  });
  const readAt = readBefore(
    responder,
    one,
    ({ operation, error }) => operation === 'GetMetricData' && error === undefined,
  )?.at;
  if (balance === undefined || readAt === undefined) return false;
  const beganAt =
    one.invocation === undefined
      ? readAt
      : (calls.find(({ invocation }) => invocation === one.invocation)?.at ?? readAt);
  const from = beganAt - clockError - evidenceLife - balance.publication.period;
  return balance.statistic('SampleCount', { from, until: readAt + 1 }, readAt) !== undefined;
}
