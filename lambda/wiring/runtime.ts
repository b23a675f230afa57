import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Instant, instant } from '../../core/domain/units.ts';

/** The class of an SDK client, such as `EC2Client`. */
type ClientKind<Client, Settings> = new (...settings: [] | [Settings]) => Client;

/**
 * What a handler takes from the world. In Lambda these are the real things; the simulated account gives its own clock,
 * connects each client to itself and passes the environment that the synthesized template declares.
 */
export interface Runtime {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called once for every SDK client a handler needs. */
  readonly connect: <Client extends object, Settings extends object>(
    kind: ClientKind<Client, Settings>,
    settings?: Settings,
  ) => Client;
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  /** A fresh identifier, never the same twice. */
  readonly newId: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const lambdaRuntime: Runtime = {
  environment: process.env,
  connect: (Kind, settings) => (settings === undefined ? new Kind() : new Kind(settings)),
  fetch,
  now: () => instant(Date.now()),
  newId: randomUUID,
  sleep: (milliseconds) => setTimeout(milliseconds),
};

/**
 * The function Lambda calls. Built at import inside Lambda, so that a bad environment fails the init phase and not the
 * first event; elsewhere an import has no effect.
 */
export function inLambda<Event, Answer>(
  build: (runtime: Runtime) => (event: Event) => Promise<Answer>,
): (event: Event) => Promise<Answer> {
  let handler = process.env['AWS_LAMBDA_FUNCTION_NAME'] === undefined ? undefined : build(lambdaRuntime);
  return (event) => {
    handler ??= build(lambdaRuntime);
    return handler(event);
  };
}
