import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import { messageOf } from './aws-errors.ts';

/** A parameter that is no secret, as it is now. */
export async function parameterReading(
  ssm: SSMClient,
  Name: string,
  now: () => Instant,
): Promise<Reading<string>> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    return Parameter?.Value === undefined ? unread('it has no value') : read(Parameter.Value, now());
  } catch (error) {
    return unread(messageOf(error));
  }
}
