import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { SendAnswer } from '../../core/application/ports.ts';
import { before, type Instant, minutes } from '../../core/domain/units.ts';
import { failedOn, isThrottled, isWithoutAnswer } from './aws-errors.ts';

type Failure = Extract<SendAnswer, { kind: 'failed' }>;
type SecretAnswer = { readonly kind: 'secret'; readonly value: string } | Failure;

/** A secret in an SSM SecureString, known to us by name; whoever rotates it need not tell us. */
export interface Secret {
  /** At most five minutes old. */
  current(): Promise<SecretAnswer>;
  /** Read now, for when the one we hold was refused. */
  reread(): Promise<SecretAnswer>;
}

const longestHeld = minutes(5);

export function parameterSecret(ssm: SSMClient, name: string, now: () => Instant): Secret {
  let held: { readonly value: string; readonly readAt: Instant } | undefined;
  const reread = async (): Promise<SecretAnswer> => {
    const readAt = now();
    const answer = await readParameter(ssm, name);
    held = answer.kind === 'secret' ? { value: answer.value, readAt } : undefined;
    return answer;
  };
  return {
    reread,
    current: () =>
      held !== undefined && held.readAt > before(now(), longestHeld)
        ? Promise.resolve({ kind: 'secret', value: held.value })
        : reread(),
  };
}

async function readParameter(ssm: SSMClient, name: string): Promise<SecretAnswer> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    const value = Parameter?.Value?.trim();
    return value === undefined || value === ''
      ? unreadable('it is empty', name, 'slowly')
      : { kind: 'secret', value };
  } catch (error) {
    const soon = isThrottled(error) || isWithoutAnswer(error);
    return unreadable(failedOn(error, 'ssm:GetParameter'), name, soon ? 'soon' : 'slowly');
  }
}

const unreadable = (why: string, name: string, retry: Failure['retry']): Failure => ({
  kind: 'failed',
  retry,
  reason: retry === 'soon' ? 'outage' : 'unauthorised',
  detail: `parameter ${name} is unreadable: ${why}`,
  retryAfter: undefined,
});
