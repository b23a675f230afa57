import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, describe, expect, test } from 'vitest';
import { EbsBurstStack } from '../../lib/ebs-burst-stack.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { flags, withoutBundling } from '../../scripts/synthesized-stack.ts';

const outdir = mkdtempSync(join(tmpdir(), 'ebs-burst-checks-'));
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

/** As bin/app.ts does it; throws when a rule is broken and nobody acknowledged that. */
function check(
  responder: EbsBurstResponderProps,
  extend: (stack: EbsBurstStack) => void = () => undefined,
): void {
  const app = new App({ outdir, context: { ...flags(), ...withoutBundling } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  extend(new EbsBurstStack(app, 'EbsBurst', { responder: { runbookUrl, ...responder } }));
  app.synth();
}

const runbookUrl = 'https://wiki.example.com/burst';
const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/0123';

describe('cdk-nag AwsSolutions', () => {
  test.each<EbsBurstResponderProps>([
    {},
    { mode: 'act', slack: { channel: 'C0STORAGE', tokenParameter: '/slack/token', keyArn } },
    { mode: 'off', mailTo: ['storage@example.com'], slack: { webhookParameter: '/slack/hook' } },
  ])('finds nothing that nobody has answered for with %o', (props) => {
    expect(() => check(props)).not.toThrow();
  });

  test('lets pass what is only warned about', () => {
    expect(() => check({ mode: 'act' })).not.toThrow();
  });

  test('does find what is wrong', () => {
    expect(() => check({}, (stack) => new Topic(stack, 'Plain'))).toThrow('AwsSolutions-SNS3');
  });
});
