import { AsyncLocalStorage } from 'node:async_hooks';
import type { Endpoint } from '../connect.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import { CrashPlan, type CrashPoint } from './crash-plan.ts';
import {
  type AsynchronousConfig,
  assertAsynchronousConfig,
  assertDefinition,
  type FunctionDefinition,
  type Handler,
  type Implementation,
} from './function-definition.ts';
import { invocationContext } from './invocation-context.ts';
import { type Outcome, Run } from './run.ts';

type Trigger = 'queue' | 'stream' | 'asynchronous' | 'direct';

/** One line of the account's history; a throttled invocation never reached the function. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly trigger: Trigger;
  readonly at: TwinTime;
  readonly endedAt: TwinTime;
  readonly event: unknown;
  readonly calls: number;
  readonly outcome: Outcome | { readonly kind: 'throttled' };
}

export interface FunctionSettings {
  /** Milliseconds that every run takes after its code has finished. */
  latency: number;
  /** Milliseconds that every call of a run takes. */
  callLatency: number;
  /** Shown and nothing else. Source: Lambda developer guide, "Function states". */
  state: 'Pending' | 'Active' | 'Inactive' | 'Failed';
  lastUpdateStatus: 'Successful' | 'Failed' | 'InProgress';
}

interface LambdaFunction {
  definition: FunctionDefinition;
  readonly settings: FunctionSettings;
  implementation: Implementation | undefined;
  /** Warm execution environments that nobody uses at the moment. */
  readonly idle: Handler[];
  running: number;
}

interface Occupation {
  readonly run: Run;
  readonly lambda: LambdaFunction;
  readonly requestId: string;
}

export interface Starting {
  readonly functionName: string;
  readonly trigger: Trigger;
  readonly event: unknown;
  readonly onEnd: (outcome: Invocation['outcome'], requestId: string) => void | Promise<void>;
}

export interface FunctionsOptions {
  readonly simulation: Simulation;
  readonly accountId: string;
  readonly region: string;
}

/** All Lambda functions of an account: their code, their runs and what ended them. */
export class Functions {
  readonly log: Invocation[] = [];
  readonly #options: FunctionsOptions;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #asynchronous = new Map<string, AsynchronousConfig>();
  readonly #crashes = new CrashPlan();
  readonly #current = new AsyncLocalStorage<Occupation>();
  #invocations = 0;

  constructor(options: FunctionsOptions) {
    this.#options = options;
  }

  create(definition: FunctionDefinition): { readonly arn: string; readonly settings: FunctionSettings } {
    assertDefinition(definition);
    const settings: FunctionSettings = {
      latency: 0,
      callLatency: 0,
      state: 'Active',
      lastUpdateStatus: 'Successful',
    };
    this.#functions.set(definition.name, {
      definition,
      settings,
      implementation: undefined,
      idle: [],
      running: 0,
    });
    return { arn: this.arn(definition.name), settings };
  }

  /** What PutFunctionEventInvokeConfig sets, for the function as it is or for one version of it. */
  configureAsynchronous(nameOrArn: string, asynchronous: AsynchronousConfig): void {
    assertAsynchronousConfig(asynchronous);
    this.#asynchronous.set(qualifiedName(nameOrArn), asynchronous);
  }

  asynchronousConfig(nameOrArn: string): AsynchronousConfig {
    return this.#asynchronous.get(qualifiedName(nameOrArn)) ?? {};
  }

  delete(name: string): void {
    this.#functions.delete(name);
  }

  /** Gives the function its code; `implementation` runs at each cold start. */
  implement(name: string, implementation: Implementation): void {
    const lambda = this.#get(name);
    lambda.implementation = implementation;
    lambda.idle.length = 0;
  }

  /** Test-side: what somebody changes in the console; execution environments start anew. */
  reconfigure(name: string, change: Partial<Omit<FunctionDefinition, 'name'>>): void {
    const lambda = this.#get(name);
    lambda.definition = { ...lambda.definition, ...change };
    lambda.idle.length = 0;
  }

  arn(name: string): string {
    return `arn:aws:lambda:${this.#options.region}:${this.#options.accountId}:function:${name}`;
  }

  definition(nameOrArn: string): FunctionDefinition {
    return this.#get(nameOrArn).definition;
  }

  settings(nameOrArn: string): FunctionSettings {
    return this.#get(nameOrArn).settings;
  }

  find(nameOrArn: string): FunctionDefinition | undefined {
    return this.#functions.get(functionName(nameOrArn))?.definition;
  }

  /** The next run of the function that reaches `point` dies there. */
  crash(name: string, point: CrashPoint): void {
    this.#crashes.add(this.#get(name).definition.name, point);
  }

  /** No crash is to come any more. */
  forgetCrashes(): void {
    this.#crashes.clear();
  }

  /** Runs the function now; returns once it has ended or waits for simulated time. */
  async start({ functionName, trigger, event, onEnd }: Starting): Promise<void> {
    const lambda = this.#get(functionName);
    const { name, timeout, reservedConcurrency } = lambda.definition;
    const requestId = `1a3bda00-0000-4000-8000-${String(++this.#invocations).padStart(12, '0')}`;
    const at = this.#options.simulation.now;
    const note = (outcome: Invocation['outcome'], calls: number): number =>
      this.log.push({
        functionName: name,
        requestId,
        trigger,
        at,
        endedAt: this.#options.simulation.now,
        event,
        calls,
        outcome,
      });
    if (lambda.running >= (reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
      note({ kind: 'throttled' }, 0);
      return onEnd({ kind: 'throttled' }, requestId);
    }
    lambda.running += 1;
    const run = new Run(this.#options.simulation, (outcome) => {
      lambda.running -= 1;
      note(outcome, run.calls);
      return onEnd(outcome, requestId);
    });
    this.#options.simulation.after(timeout * 1000, () => run.end({ kind: 'timed out' }));
    const occupation = { run, lambda, requestId };
    void this.#current.run(occupation, () => this.#execute(occupation, event));
    await run.settled();
  }

  /** A synchronous invocation, for functions that spend no simulated time. @throws Error with the function's error, or when it is throttled */
  async invoke(name: string, event: unknown): Promise<unknown> {
    const { promise, resolve } = Promise.withResolvers<Invocation['outcome']>();
    await this.start({ functionName: name, trigger: 'direct', event, onEnd: resolve });
    const outcome = await promise;
    if (outcome.kind === 'succeeded') return outcome.result;
    if (outcome.kind === 'throttled') throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.');
    throw new Error(
      `${name} ${outcome.kind === 'failed' ? `${outcome.errorType}: ${outcome.errorMessage}` : outcome.kind}`,
    );
  }

  /** Waits in simulated time inside a run; handlers get this as their sleep. */
  async sleep(milliseconds: number): Promise<void> {
    const occupation = this.#current.getStore();
    if (occupation === undefined) throw new NotImitatedError('sleep outside an invocation is not imitated');
    await occupation.run.park(milliseconds);
  }

  /** An endpoint whose calls count, take time, die with the invocation that makes them, and are known as its own. */
  guard(endpoint: Endpoint): Endpoint {
    return (service, operation, input, principal) => {
      const invocation = this.#current.getStore()?.requestId;
      return this.guardCall(operation, () => endpoint(service, operation, input, principal, invocation));
    };
  }

  /** The same for calls that are not AWS's, such as Slack's. Outside an invocation it just calls. */
  async guardCall<Answer>(operation: string, call: () => Promise<Answer>): Promise<Answer> {
    const occupation = this.#current.getStore();
    if (occupation === undefined) return call();
    const { run, lambda } = occupation;
    run.assertAlive();
    run.calls += 1;
    const number = run.calls;
    await this.#crashAt('before', occupation, operation, number);
    if (lambda.settings.callLatency > 0) await run.park(lambda.settings.callLatency);
    try {
      return await call();
    } catch (error) {
      noteDefect(run, error);
      throw error;
    } finally {
      await this.#crashAt('after', occupation, operation, number);
    }
  }

  async #crashAt(
    moment: 'before' | 'after',
    { run, lambda }: Occupation,
    operation: string,
    call: number,
  ): Promise<void> {
    run.assertAlive();
    if (!this.#crashes.strikes(lambda.definition.name, moment, operation, call)) return;
    await run.end({ kind: 'crashed' });
    run.assertAlive();
  }

  async #execute({ run, lambda, requestId }: Occupation, event: unknown): Promise<void> {
    try {
      const handler = lambda.idle.pop() ?? (await this.#coldStart(lambda));
      const context = invocationContext(this.#options, lambda.definition, requestId);
      const result = await handler(json(event) as never, context);
      if (lambda.settings.latency > 0) await run.park(lambda.settings.latency);
      // A run that crashed, timed out or threw loses its execution environment, and with it everything cached.
      if (run.isAlive) lambda.idle.push(handler);
      await run.end({ kind: 'succeeded', result: json(result) });
    } catch (error) {
      noteDefect(run, error);
      await run.end({ kind: 'failed', ...described(error) });
    }
  }

  async #coldStart({ definition, implementation }: LambdaFunction): Promise<Handler> {
    if (implementation === undefined) {
      throw new NotImitatedError(`function ${definition.name} was invoked but has no implementation`);
    }
    const environment = {
      ...definition.environment,
      AWS_REGION: this.#options.region,
      AWS_LAMBDA_FUNCTION_NAME: definition.name,
    };
    return implementation(environment);
  }

  #get(nameOrArn: string): LambdaFunction {
    const lambda = this.#functions.get(functionName(nameOrArn));
    if (lambda === undefined) {
      throw new ServiceError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, {
        httpStatusCode: 404,
      });
    }
    return lambda;
  }
}

/** `name` or `name:version`, from a name or an ARN. */
const qualifiedName = (nameOrArn: string): string =>
  nameOrArn.replace(/^arn:[^:]*:lambda:[^:]*:\d*:function:/, '').replace(/:\$LATEST$/, '');

const functionName = (nameOrArn: string): string => qualifiedName(nameOrArn).split(':')[0] ?? '';

const json = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

function noteDefect(run: Run, error: unknown): void {
  if (error instanceof NotImitatedError) run.defect ??= error;
}

const described = (error: unknown): { readonly errorType: string; readonly errorMessage: string } =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: 'Error', errorMessage: String(error) };
