import { type Listening, listen } from '../wire/server.ts';
import { textOf, type WireAnswer, type WireRequest } from '../wire/wire-message.ts';

/** What a runtime gets with its next event. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly functionArn: string;
  /** When the invocation times out, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly event: unknown;
}

/** What a function, or the runtime in its name, said went wrong. */
export class FunctionError extends Error {
  constructor(errorType: string, errorMessage: string) {
    super(errorMessage);
    this.name = errorType;
  }
}

interface Invocation {
  readonly sent: RuntimeEvent;
  readonly settle: PromiseWithResolvers<unknown>;
}

const API = '/2018-06-01/runtime';

/**
 * The HTTP interface between Lambda and the runtime of one execution environment, which handles one event at a time.
 * Source: Lambda developer guide, "Using the Lambda runtime API for custom runtimes".
 */
export class RuntimeApi {
  /** Resolves when the runtime asks for its first event, rejects with what it reports instead. */
  readonly initialised: Promise<void>;
  readonly #init = Promise.withResolvers<void>();
  #listening: Listening | undefined;
  #asking: ((answer: WireAnswer) => void) | undefined;
  #waiting: Invocation | undefined;
  #running: Invocation | undefined;

  constructor() {
    this.initialised = this.#init.promise;
    // It may fail before anybody waits for it.
    this.initialised.catch(() => undefined);
  }

  /** @returns host and port, as `AWS_LAMBDA_RUNTIME_API` has them */
  async open(): Promise<string> {
    this.#listening = await listen((request) => this.#answer(request), {
      host: '127.0.0.1',
      port: 0,
      beyondLoopback: false,
    });
    return new URL(this.#listening.url).host;
  }

  async close(): Promise<void> {
    await this.#listening?.stop();
  }

  /** @returns what the handler returned @throws FunctionError with what it threw */
  invoke(sent: RuntimeEvent): Promise<unknown> {
    const settle = Promise.withResolvers<unknown>();
    this.#waiting = { sent, settle };
    this.#hand();
    return settle.promise;
  }

  /** The process behind it is gone: whatever was expected of it fails with `error`. */
  abandon(error: FunctionError): void {
    this.#init.reject(error);
    this.#waiting?.settle.reject(error);
    this.#running?.settle.reject(error);
  }

  #hand(): void {
    if (this.#asking === undefined || this.#waiting === undefined) return;
    this.#running = this.#waiting;
    this.#waiting = undefined;
    const { requestId, functionArn, deadline, event } = this.#running.sent;
    this.#asking({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
      },
      body: JSON.stringify(event),
    });
    this.#asking = undefined;
  }

  async #answer(request: WireRequest): Promise<WireAnswer> {
    const body = textOf(request.body);
    const { path } = request;
    if (path === `${API}/invocation/next`) {
      this.#init.resolve();
      return new Promise((answer) => {
        this.#asking = answer;
        this.#hand();
      });
    }
    if (path === `${API}/init/error`) this.#init.reject(reported(body));
    else if (path.endsWith('/response')) this.#running?.settle.resolve(body === '' ? null : JSON.parse(body));
    else if (path.endsWith('/error')) this.#running?.settle.reject(reported(body));
    else return { status: 404, headers: {}, body: `{"errorMessage":"no ${request.method} ${path}"}` };
    return { status: 202, headers: {}, body: '{"status":"OK"}' };
  }
}

function reported(body: string): FunctionError {
  const { errorType = 'Unknown', errorMessage = body } = JSON.parse(body) as {
    readonly errorType?: string;
    readonly errorMessage?: string;
  };
  return new FunctionError(errorType, errorMessage);
}
