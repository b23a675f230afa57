import { NotImitatedError } from './service-error.ts';
import type { TwinTime } from './simulation.ts';

/** Who calls and when: the principal is the Lambda function (or person) whose credentials the client would carry. */
export interface Call {
  readonly principal: string;
  readonly at: TwinTime;
  readonly requestId: string;
}

/** One imitated API operation; `accepts` lists the parameters it gives a meaning to, all others are refused. */
export interface Operation<Input = never, Output = unknown> {
  readonly accepts: readonly string[];
  run(input: Input, call: Call): Output | Promise<Output>;
}

/** The operations of one AWS service by SDK command name without `Command`, e.g. `ModifyVolume`. */
export type Service = Readonly<Record<string, Operation>>;

/** @throws NotImitatedError for an operation or a given parameter that the service does not imitate. */
export function answer(
  serviceName: string,
  service: Service,
  name: string,
  input: object,
  call: Call,
): unknown {
  const operation = service[name];
  if (operation === undefined) {
    throw new NotImitatedError(
      `${serviceName}:${name} is not imitated; imitated: ${Object.keys(service).join(', ')}`,
    );
  }
  for (const [parameter, value] of Object.entries(input)) {
    if (value !== undefined && !operation.accepts.includes(parameter)) {
      throw new NotImitatedError(
        `${serviceName}:${name} parameter ${parameter} is not imitated; imitated: ${operation.accepts.join(', ')}`,
      );
    }
  }
  return operation.run(input as never, call);
}
