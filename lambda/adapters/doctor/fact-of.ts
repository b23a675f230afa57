import type { Fact } from '../../../core/domain/doctoring/fact.ts';
import { accessFailureOf } from '../access-failure.ts';
import { codeOf, messageOf } from '../aws-errors.ts';

/** What AWS's services say of a thing that there is not: Lambda, EventBridge and DynamoDB; SNS; SQS; IAM; SSM. */
const absent: ReadonlySet<string> = new Set([
  'ResourceNotFoundException',
  'NotFoundException',
  'NotFound',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NoSuchEntity',
  'NoSuchEntityException',
  'ParameterNotFound',
]);

/** SNS has a word of its own for a denial (SNS API reference, Errors). */
const deniedBySns: ReadonlySet<string> = new Set(['AuthorizationError', 'AuthorizationErrorException']);

/** One question to AWS; `action` as in a policy. Every failure is an answer that says which permission or what else it was. */
export async function factOf<Value>(action: string, ask: () => Promise<Value>): Promise<Fact<Value>> {
  try {
    return { kind: 'seen', value: await ask() };
  } catch (error) {
    const code = codeOf(error);
    if (absent.has(code)) return { kind: 'absent' };
    const isDenied = accessFailureOf(error, action).kind === 'denied' || deniedBySns.has(code);
    const said = `${code}: ${messageOf(error)}`;
    return isDenied
      ? { kind: 'unseen', action: actionIn(messageOf(error)) ?? action, because: 'denied', said }
      : { kind: 'unseen', action, because: 'failed', said: `${action}: ${said}` };
  }
}

/** AWS names what was not allowed, which may be the decryption behind the call. */
const actionIn = (message: string): string | undefined =>
  /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
