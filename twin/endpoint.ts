import type { Endpoint } from './connect.ts';
import { answer, type Service } from './service.ts';
import { NotImitatedError } from './service-error.ts';
import type { Simulation, TwinTime } from './simulation.ts';

/** One call as the account saw it; `error` is the error's name, absent while running and after success. */
export interface CallRecord {
  readonly service: string;
  readonly operation: string;
  readonly principal: string;
  /** Lambda's request id of the run that made it; absent of calls from elsewhere, and of a process, which does not say. */
  readonly invocation?: string;
  readonly at: TwinTime;
  readonly requestId: string;
  readonly input: object;
  readonly error?: string;
}

/** Which calls a scripted fault hits; what is left out matches everything. */
interface CallMatch {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  readonly principal?: string | undefined;
  readonly input?: (input: object) => boolean;
}

export interface EndpointOptions {
  /** By SDK service id: `EC2`, `CloudWatch`, `Service Quotas`, `CloudFormation`, `DynamoDB`, `SNS`, `SSM`, `SQS`. */
  readonly services: Readonly<Record<string, Service>>;
  readonly simulation: Simulation;
}

/** All services of one simulated account; a call is a function call, the rest is for tests. */
export interface TwinEndpoint extends Endpoint {
  readonly calls: readonly CallRecord[];
  /** The next `times` matching calls fail with `error` and have no effect. */
  fail(match: CallMatch, error: Error, times?: number): void;
  /** The next `times` matching calls take effect, then their reply is lost and the caller sees `error`. */
  afterAcceptance(match: CallMatch, error: Error, times?: number): void;
  /** Forgets every scripted fault that has not struck yet. */
  heal(): void;
  /** Forgets the calls made so far, of which a long life makes more than memory holds. */
  forgetCalls(): void;
}

interface Fault {
  readonly match: CallMatch;
  readonly error: Error;
  left: number;
}

export function createEndpoint({ services, simulation }: EndpointOptions): TwinEndpoint {
  const calls: CallRecord[] = [];
  let made = 0;
  const refusals: Fault[] = [];
  const cuts: Fault[] = [];

  const run = async (record: CallRecord): Promise<object> => {
    const refusal = take(refusals, record);
    if (refusal !== undefined) throw refusal;
    const service = services[record.service];
    if (service === undefined) {
      throw new NotImitatedError(
        `service ${record.service} is not imitated; imitated: ${Object.keys(services).join(', ')}`,
      );
    }
    const output = await answer(record.service, service, record.operation, record.input, record);
    const cut = take(cuts, record);
    if (cut !== undefined) throw cut;
    return { ...(output as object), $metadata: { httpStatusCode: 200, requestId: record.requestId } };
  };

  const endpoint: Endpoint = async (service, operation, input, principal, invocation) => {
    const record = {
      service,
      operation,
      principal,
      ...(invocation !== undefined && { invocation }),
      at: simulation.now,
      requestId: requestId(made++),
      input,
    };
    calls.push(record);
    try {
      return await run(record);
    } catch (error) {
      noteError(calls, record, error);
      throw error;
    }
  };

  return Object.assign(endpoint, {
    calls,
    fail: (match: CallMatch, error: Error, times = 1) => void refusals.push({ match, error, left: times }),
    afterAcceptance: (match: CallMatch, error: Error, times = 1) =>
      void cuts.push({ match, error, left: times }),
    heal: () => {
      refusals.length = 0;
      cuts.length = 0;
    },
    forgetCalls: () => {
      calls.length = 0;
    },
  });
}

/** A call that was forgotten meanwhile stays so. */
function noteError(calls: CallRecord[], record: CallRecord, error: unknown): void {
  const place = calls.lastIndexOf(record);
  if (place !== -1) calls[place] = { ...record, error: error instanceof Error ? error.name : String(error) };
}

/** Shaped like AWS's request ids, counted so that a run can be repeated exactly. */
const requestId = (count: number): string => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;

function take(faults: readonly Fault[], call: CallRecord): Error | undefined {
  const fault = faults.find(({ left, match }) => left > 0 && matches(match, call));
  if (fault === undefined) return undefined;
  fault.left -= 1;
  return fault.error;
}

const matches = (match: CallMatch, call: CallRecord): boolean =>
  (match.service ?? call.service) === call.service &&
  (match.operation ?? call.operation) === call.operation &&
  (match.principal ?? call.principal) === call.principal &&
  (match.input?.(call.input) ?? true);
