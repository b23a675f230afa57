import { join } from 'node:path';
import { App, type CfnElement } from 'aws-cdk-lib';
import { EbsBurstStack } from '../../lib/ebs-burst-stack.ts';
import { type HandlerName, RuntimeFunction } from '../../lib/runtime-function.ts';
import { flags } from '../synthesized-stack.ts';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Metadata?: Readonly<Record<string, string>> }>>;
}

interface BundledHandler {
  readonly name: HandlerName;
  /** Absolute path of the folder that becomes the function's code. */
  readonly folder: string;
}

/**
 * Every handler as `cdk deploy` would ship it from here: synthesized and bundled below `outdir`, so that a package carries
 * the same code by the same settings.
 * @throws Error when a function of the stack has no bundle
 */
export function bundledHandlers(outdir: string): readonly BundledHandler[] {
  const app = new App({ outdir, context: { ...flags(), 'aws:cdk:enable-asset-metadata': true } });
  // An address, only so that a build warns of nothing; the code is the same for all settings.
  const stack = new EbsBurstStack(app, 'EbsBurst', { responder: { runbookUrl: 'https://example.com' } });
  const { template } = app.synth().getStackByName(stack.stackName) as { template: Template };
  return stack.node.findAll().flatMap((construct) => {
    if (!(construct instanceof RuntimeFunction)) return [];
    const logicalId = stack.getLogicalId(construct.function.node.defaultChild as CfnElement);
    const asset = template.Resources[logicalId]?.Metadata?.['aws:asset:path'];
    if (asset === undefined)
      throw new Error(`expected a bundle of ${construct.handler}, got none; is esbuild installed?`);
    return [{ name: construct.handler, folder: join(outdir, asset) }];
  });
}
