import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EbsBurstStack } from '../../lib/ebs-burst-stack.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { Template } from '../../twin/template/load-template.ts';

export const STACK_NAME = 'EbsBurst';

/** The template of the same stack that `cdk deploy` would send, without the functions' code. */
export function synthesize(responder: EbsBurstResponderProps): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'ebs-burst-synth-'));
  const template = synthesizeInto(outdir, responder, { 'aws:cdk:bundling-stacks': [] });
  rmSync(outdir, { recursive: true });
  return template;
}

/** The whole cloud assembly in `outdir`: unless `context` says otherwise, with the bundles that would be uploaded. */
export function synthesizeInto(
  outdir: string,
  responder: EbsBurstResponderProps,
  context: Readonly<Record<string, unknown>> = {},
): Template {
  const app = new App({
    outdir,
    analyticsReporting: false,
    // `npm run synth` validates; here it would only cost seconds.
    builtinCloudFormationValidation: false,
    context: {
      ...featureFlags(),
      // Functions are found again by their construct paths.
      'aws:cdk:enable-path-metadata': true,
      ...context,
    },
  });
  new EbsBurstStack(app, STACK_NAME, { responder });
  return app.synth().getStackByName(STACK_NAME).template;
}

/** As in cdk.json, so that the template does not depend on who synthesizes it. */
function featureFlags(): Readonly<Record<string, unknown>> {
  const file = join(import.meta.dirname, '..', '..', 'cdk.json');
  const { context } = JSON.parse(readFileSync(file, 'utf8')) as {
    context: Readonly<Record<string, unknown>>;
  };
  return Object.fromEntries(Object.entries(context).filter(([key]) => key.startsWith('@aws-cdk/')));
}
