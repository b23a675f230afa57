import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { App, Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Metafile } from 'esbuild';
import { type HandlerName, house } from '../../lib/runtime-function.ts';
import { bundledHandlers } from '../../scripts/build/bundled-handlers.ts';
import { flags } from '../../scripts/synthesized-stack.ts';

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
  /** As in the archive that Lambda fetches. */
  readonly deflatedBytes: number;
  readonly metafile: Metafile;
}

export interface BundleRequest {
  readonly name: string;
  /** A path from the root of the project, or code. */
  readonly entry: { readonly path: string } | { readonly code: string };
  /** What is not bundled as the stack does it. */
  readonly bundling: BundlingOptions;
}

export const handlerPath = (name: HandlerName): string => join('lambda', 'handlers', `${name}.ts`);

/**
 * Makes bundles with the construct and the settings that the stack uses. Everything lies in folders of its own until
 * `remove`: the bundles outside the project, because its package.json would turn CommonJS into ES modules.
 */
export class Workbench {
  readonly #out = mkdtempSync(join(tmpdir(), 'ebs-burst-coldstart-'));
  readonly #sources: string;
  #runs = 0;

  constructor() {
    const inside = join(house.projectRoot, 'cdk.out');
    mkdirSync(inside, { recursive: true });
    this.#sources = mkdtempSync(join(inside, 'coldstart-'));
  }

  remove(): void {
    for (const folder of [this.#out, this.#sources]) rmSync(folder, { recursive: true });
  }

  /** Bundles each of the requests, whose names must differ. */
  bundled(requests: readonly BundleRequest[]): ReadonlyMap<string, Bundle> {
    const outdir = this.#newFolder();
    const app = new App({ outdir, context: flags(), builtinCloudFormationValidation: false });
    const stack = new Stack(app, 'Bench');
    const functions = requests.map(({ name, entry, bundling }) => {
      const made = new NodejsFunction(stack, name, {
        ...house,
        entry: this.#fileOf(name, entry),
        bundling: { ...house.bundling, ...bundling, metafile: true, logLevel: LogLevel.ERROR },
      });
      return { name, logicalId: logicalIdOf(stack, made) };
    });
    const assetOf = assetsIn(app, stack, outdir);
    return new Map(functions.map(({ name, logicalId }) => [name, bundleIn(assetOf(logicalId))]));
  }

  /** Where a bundle that NodejsFunction cannot make may be put. */
  fileFor(name: string): string {
    return join(this.#out, `${name}.mjs`);
  }

  /** The code of each handler as `cdk deploy` would upload it. */
  shipped(): ReadonlyMap<HandlerName, string> {
    const handlers = bundledHandlers(this.#newFolder());
    return new Map(
      handlers.map(({ name, folder }) => [name, readFileSync(join(folder, 'index.mjs'), 'utf8')]),
    );
  }

  #newFolder(): string {
    this.#runs += 1;
    return join(this.#out, String(this.#runs));
  }

  #fileOf(name: string, entry: BundleRequest['entry']): string {
    if ('path' in entry) return join(house.projectRoot, entry.path);
    const file = join(this.#sources, `${name}.js`);
    writeFileSync(file, entry.code);
    return file;
  }
}

const logicalIdOf = (stack: Stack, made: NodejsFunction): string =>
  stack.getLogicalId(made.node.defaultChild as CfnFunction);

interface Deployable {
  readonly Resources: Readonly<Record<string, { readonly Properties: { readonly Code: { S3Key: string } } }>>;
}

/** Finds the folder of a function's code by the function's logical id. */
function assetsIn(app: App, stack: Stack, outdir: string): (logicalId: string) => string {
  const { template } = app.synth().getStackByName(stack.stackName);
  const { Resources } = template as Deployable;
  return (logicalId) => {
    const key = Resources[logicalId]?.Properties.Code.S3Key;
    if (key === undefined) throw new Error(`the template has no function ${logicalId} with code in an asset`);
    return join(outdir, `asset.${key.replace(/\.zip$/, '')}`);
  };
}

function bundleIn(asset: string): Bundle {
  const metafile = JSON.parse(readFileSync(join(asset, 'index.meta.json'), 'utf8')) as Metafile;
  const [output] = Object.keys(metafile.outputs);
  const file = join(asset, output?.endsWith('.mjs') ? 'index.mjs' : 'index.js');
  const code = readFileSync(file);
  return { file, bytes: code.length, deflatedBytes: deflateRawSync(code).length, metafile };
}
