import * as v from 'valibot';
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
const OF_INVOCATION = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/** In bytes. Source: Lambda developer guide, "Lambda quotas": 6 MB, of which the Runtime API takes 100 more. */
const LARGEST_RESPONSE = 6 * 1_024 * 1_024 + 100;

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
  #gone: FunctionError | undefined;

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

  /** @returns what the handler returned @throws FunctionError with what it threw, or why the process is gone */
  invoke(sent: RuntimeEvent): Promise<unknown> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const settle = Promise.withResolvers<unknown>();
    this.#waiting = { sent, settle };
    this.#hand();
    return settle.promise;
  }

  /** The process behind it is gone: whatever was expected of it, and will be, fails with `error`. */
  abandon(error: FunctionError): void {
    this.#gone = error;
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
    if (path === `${API}/init/error`) {
      this.#init.reject(reported(body));
      return ACCEPTED;
    }
    const [, requestId, what] = OF_INVOCATION.exec(path) ?? [];
    if (requestId === undefined) return refusal(404, 'NotFound', `no ${request.method} ${path}`);
    return what === 'response' ? this.#end(requestId, body) : this.#fail(requestId, body);
  }

  #end(requestId: string, body: string): WireAnswer {
    const invocation = this.#take(requestId);
    if (invocation === undefined) return INVALID_REQUEST_ID;
    const length = Buffer.byteLength(body);
    if (length > LARGEST_RESPONSE) {
      const message = `Response payload size (${length} bytes) exceeded maximum allowed payload size (${LARGEST_RESPONSE} bytes).`;
      invocation.settle.reject(new FunctionError('Function.ResponseSizeTooLarge', message));
      return refusal(413, 'RequestEntityTooLarge', message);
    }
    try {
      invocation.settle.resolve(body === '' ? null : JSON.parse(body));
    } catch {
      const message = `got the response ${JSON.stringify(body.slice(0, 80))}, expected JSON`;
      invocation.settle.reject(new FunctionError('UnreadableResponse', message));
    }
    return ACCEPTED;
  }

  #fail(requestId: string, body: string): WireAnswer {
    const invocation = this.#take(requestId);
    if (invocation === undefined) return INVALID_REQUEST_ID;
    invocation.settle.reject(reported(body));
    return ACCEPTED;
  }

  /** Only what runs can end, and only once. */
  #take(requestId: string): Invocation | undefined {
    const running = this.#running;
    if (running?.sent.requestId !== requestId) return undefined;
    this.#running = undefined;
    return running;
  }
}

const refusal = (status: number, errorType: string, errorMessage: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ errorType, errorMessage }),
});

const ACCEPTED: WireAnswer = { status: 202, headers: {}, body: '{"status":"OK"}' };
const INVALID_REQUEST_ID = refusal(400, 'InvalidRequestID', 'Invalid request ID');

const errorReport = v.object({ errorType: v.string(), errorMessage: v.string() });

/** What cannot be read is told as it came. */
function reported(body: string): FunctionError {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), errorReport), body);
  if (!read.success) return new FunctionError('Unknown', body);
  return new FunctionError(read.output.errorType, read.output.errorMessage);
}
