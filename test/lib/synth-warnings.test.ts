import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { afterEach, expect, test } from 'vitest';
import { EbsBurstStack } from '../../lib/ebs-burst-stack.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { flags, withoutBundling } from '../../scripts/synthesized-stack.ts';

const outdir = mkdtempSync(join(tmpdir(), 'ebs-burst-warnings-'));
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

function warningsOf(responder: EbsBurstResponderProps): readonly string[] {
  const app = new App({ outdir, context: { ...flags(), ...withoutBundling } });
  const stack = new EbsBurstStack(app, 'EbsBurst', { responder });
  const found = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  return found.map(({ entry }) => String(entry.data));
}

const runbookUrl = 'https://wiki.example.com/burst';

test('a deployment without runbookUrl is told how to set it', () => {
  expect(warningsOf({})).toEqual([
    'runbookUrl: got nothing, so messages carry no link to the runbook; publish docs/runbook.md where your people ' +
      'can read it at night and set runbookUrl to that address [ack: ebs-burst:no-runbook-link]',
  ]);
});

test('one that acts and tells nobody we know of is told so', () => {
  expect(warningsOf({ mode: 'act', runbookUrl })).toEqual([
    'mode: got "act" with neither mailTo nor slack, so volumes are modified and only subscribers of the topic ' +
      'NoticeTopicArn hear of it; set mailTo or slack, or subscribe somebody to the topic [ack: ebs-burst:nobody-is-told]',
  ]);
});

test.each<EbsBurstResponderProps>([
  { runbookUrl },
  { mode: 'act', runbookUrl, mailTo: ['storage@example.com'] },
  { mode: 'act', runbookUrl, slack: { webhookParameter: '/slack/hook' } },
])('there is nothing to warn about with %o', (props) => {
  expect(warningsOf(props)).toEqual([]);
});
