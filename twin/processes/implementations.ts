import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import type { Account } from '../account.ts';
import type { Implementation } from '../lambda/function-definition.ts';
import { OUTSIDE } from '../wire/outside.ts';
import { ExecutionEnvironment, type ProcessFunction } from './execution-environment.ts';
import { Pauses } from './pauses.ts';

/** A function's code as the template names it. */
export interface Bundle extends Pick<ProcessFunction, 'folder' | 'handler' | 'memoryMebibytes'> {
  readonly timeoutSeconds: number;
}

export interface ProcessesOptions {
  readonly account: Account;
  /** Where the account is served. */
  readonly url: string;
  readonly runtime: ProcessFunction['runtime'];
}

/** All execution environments of an account that are processes, so that they can be ended. */
export class Processes {
  readonly logs: { readonly functionName: string; readonly line: string }[] = [];
  readonly #options: ProcessesOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'twin-processes-'));
  readonly #clock = join(this.#folder, 'clock');
  readonly #started: Promise<ExecutionEnvironment>[] = [];
  readonly #pauses: Pauses;
  #isStopped = false;

  constructor(options: ProcessesOptions) {
    this.#options = options;
    this.#pauses = new Pauses(async (milliseconds) => {
      await options.account.functions.sleep(milliseconds);
      this.#setClock();
    });
  }

  /** How many processes there have been: each is a cold start. */
  get coldStarts(): number {
    return this.#started.length;
  }

  /** Of one function: each cold start is a process, and each event goes through its runtime. */
  implementation(functionName: string, bundle: Bundle): Implementation {
    return async (environment) => {
      if (this.#isStopped) throw new Error(`${functionName}: all processes have been stopped for good`);
      this.#setClock();
      const name = `process-${this.#started.length}`;
      const preload = this.#preload(await this.#pauses.addressOf(name));
      const starting = ExecutionEnvironment.start({
        ...bundle,
        runtime: this.#options.runtime,
        preload,
        environment: { ...environment, ...this.#surroundings(functionName) },
        onLog: (line) => void this.logs.push({ functionName, line }),
      });
      this.#started.push(starting);
      const process = await starting;
      return (event: unknown, context: Context) => {
        this.#setClock();
        this.#pauses.handles(name, () => process.stop());
        const deadline = this.#options.account.simulation.now + bundle.timeoutSeconds * 1_000;
        const { awsRequestId: requestId, invokedFunctionArn: functionArn } = context;
        return process.invoke({ requestId, functionArn, deadline, event });
      };
    };
  }

  /** Those too that are still starting; from then on none starts any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const started = await Promise.allSettled(this.#started);
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
    await this.#pauses.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** At one blow: other processes read it meanwhile. */
  #setClock(): void {
    const next = `${this.#clock}.next`;
    writeFileSync(next, `${this.#options.account.simulation.now} ${Date.now()}`);
    renameSync(next, this.#clock);
  }

  #preload(pause: string): string {
    const { href } = new URL('simulated-world.ts', import.meta.url);
    const outside = `${this.#options.url}${OUTSIDE}`;
    return `${href}?${new URLSearchParams({ clock: this.#clock, outside, pause })}`;
  }

  /** Whom it calls, and in whose name. */
  #surroundings(functionName: string): Readonly<Record<string, string>> {
    const { url } = this.#options;
    return {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: functionName,
      AWS_SECRET_ACCESS_KEY: 'twin',
      AWS_SESSION_TOKEN: 'twin',
    };
  }
}
