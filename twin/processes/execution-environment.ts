import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { FunctionError, RuntimeApi, type RuntimeEvent } from './runtime-api.ts';

/** One function as a process of its own: the runtime of Lambda, the bundle, and nothing of this process. */
export interface ProcessFunction {
  /** Node.js of the version that the template names, and the script of the runtime interface client. */
  readonly runtime: { readonly node: string; readonly client: string };
  /** The folder that would be uploaded. */
  readonly folder: string;
  /** `index.handler` */
  readonly handler: string;
  readonly memoryMebibytes: number;
  readonly timeoutSeconds: number;
  /** Everything that it finds in `process.env`, beside what Lambda itself sets for the runtime. */
  readonly environment: Readonly<Record<string, string>>;
  /** A module that is loaded before the runtime, as a Lambda layer could. */
  readonly preload: string;
  readonly onLog: (line: string) => void;
}

/** Lambda gives the start ten seconds (developer guide, "Lambda execution environment lifecycle"). */
const INIT_SECONDS = 10;

export class ExecutionEnvironment {
  readonly #settings: ProcessFunction;
  readonly #api = new RuntimeApi();
  #child: ChildProcess | undefined;

  private constructor(settings: ProcessFunction) {
    this.#settings = settings;
  }

  /** @throws FunctionError when the bundle cannot be loaded, or takes too long to */
  static async start(settings: ProcessFunction): Promise<ExecutionEnvironment> {
    const environment = new ExecutionEnvironment(settings);
    await environment.#spawn();
    try {
      const { initialised } = environment.#api;
      await within(
        INIT_SECONDS,
        initialised,
        'Runtime.InitTimeout',
        `no event asked for in ${INIT_SECONDS} s`,
      );
      return environment;
    } catch (error) {
      await environment.stop();
      throw error;
    }
  }

  /**
   * @returns what the handler returned, as JSON brought it
   * @throws FunctionError with what it threw, or for a timeout or an end of the process; then the environment is gone
   */
  async invoke(sent: RuntimeEvent): Promise<unknown> {
    const { timeoutSeconds } = this.#settings;
    try {
      const message = `${sent.requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      return await within(timeoutSeconds, this.#api.invoke(sent), 'Sandbox.Timedout', message);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.#api.close();
  }

  async #spawn(): Promise<void> {
    const { runtime, folder, handler, memoryMebibytes, environment, preload, onLog } = this.#settings;
    const child = spawn(runtime.node, [runtime.client], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMebibytes),
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/twin',
        AWS_LAMBDA_LOG_STREAM_NAME: 'twin',
        AWS_LAMBDA_RUNTIME_API: await this.#api.open(),
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: handler,
        ...environment,
        NODE_OPTIONS:
          `${environment['NODE_OPTIONS'] ?? ''} --max-old-space-size=${memoryMebibytes} --import=${preload}`.trim(),
      },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLog);
    child.on('error', (error) => this.#api.abandon(new FunctionError('Runtime.ExitError', error.message)));
    child.on('exit', (code, signal) =>
      this.#api.abandon(
        new FunctionError('Runtime.ExitError', `Runtime exited with ${signal ?? `status ${code}`}`),
      ),
    );
  }
}

/** Real seconds: a process does not know that the time it is told is simulated. */
async function within<Result>(
  seconds: number,
  result: Promise<Result>,
  errorType: string,
  errorMessage: string,
): Promise<Result> {
  const inTime = new AbortController();
  try {
    return await Promise.race([
      result,
      pause(seconds * 1_000, undefined, { signal: inTime.signal }).then((): never => {
        throw new FunctionError(errorType, errorMessage);
      }),
    ]);
  } finally {
    inTime.abort();
  }
}
