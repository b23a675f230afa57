import type { Invocation } from '../../twin/lambda/functions.ts';
import type { ResponderAccount } from './responder-account.ts';

export const switchParameter = '/ebs-burst/switch';

export type LambdaName =
  | 'respond'
  | 'keep-alarms'
  | 'sweep'
  | 'profile-demand'
  | 'deliver-notice'
  | 'clean-up';

/** The name in the account of a Lambda as people call it. */
export function lambdaNamed({ deployed }: ResponderAccount, name: LambdaName): string {
  const found = [...deployed.lambdaNames].find(([, called]) => called === name)?.[0];
  if (found === undefined)
    throw new Error(`no Lambda ${name}; there are: ${[...deployed.lambdaNames.values()].join(', ')}`);
  return found;
}

/** Its runs that have ended, oldest first. */
export function runsOf(responder: ResponderAccount, name: LambdaName): readonly Invocation[] {
  const functionName = lambdaNamed(responder, name);
  return responder.account.functions.log.filter((run) => run.functionName === functionName);
}

/** The body of a message as the sweep sends it. */
export const lookMessage = (volumeId: string): string =>
  JSON.stringify({ kind: 'look-at', volumeId, because: 'sweep', mute: { kind: 'unsaid' } });

export const lookAt = (responder: ResponderAccount, volumeId: string): void =>
  toWork(responder, lookMessage(volumeId));

/** Anything on the work queue; returns nothing, as its sender learns nothing. */
export function toWork({ account, deployed }: ResponderAccount, body: string): void {
  const queueUrl = deployed.stack.physicalName('Responder/Work');
  account.queues.get(queueUrl).send({ body, senderId: 'test' });
}
