import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, App } from 'aws-cdk-lib';
import { EbsBurstStack } from '../lib/ebs-burst-stack.ts';
import type { EbsBurstResponderProps } from '../lib/responder-props.ts';
import { warningIds } from '../lib/synth-warnings.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

export interface SynthesizedStack {
  readonly stack: EbsBurstStack;
  readonly template: { readonly Resources: Readonly<Record<string, TemplateResource>> };
}

/** The stack as `cdk synth` makes it, with the flags of cdk.json, except that handlers are not bundled. */
export function synthesizedStack(responder: EbsBurstResponderProps = {}): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), 'ebs-burst-synth-'));
  try {
    const app = new App({ outdir, context: { ...flags(), ...withoutBundling } });
    const stack = new EbsBurstStack(app, 'EbsBurst', { responder });
    for (const id of warningIds) Annotations.of(stack).acknowledgeWarning(id, 'nobody deploys this one');
    return { stack, template: app.synth().getStackByName(stack.stackName).template };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The context of cdk.json: the feature flags the template is made with. */
export const flags = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8')).context;

/** Bundling takes a second per handler and changes nothing in the template but the hashes of its assets. */
export const withoutBundling = { 'aws:cdk:bundling-stacks': [] };
