import { describe, expect, test } from 'vitest';
import { cleanUpEnvironment } from '../../lambda/environments/clean-up.ts';
import { deliverNoticeEnvironment } from '../../lambda/environments/deliver-notice.ts';
import { keepAlarmsEnvironment } from '../../lambda/environments/keep-alarms.ts';
import { parseEnvironment } from '../../lambda/environments/parse-environment.ts';
import { profileDemandEnvironment } from '../../lambda/environments/profile-demand.ts';
import { respondEnvironment } from '../../lambda/environments/respond.ts';
import { sweepEnvironment } from '../../lambda/environments/sweep.ts';
import { readStackConfig } from '../../lib/stack-config.ts';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { theOne } from './template.ts';

const props = {
  mode: 'act',
  runbookUrl: 'https://wiki.example.com/burst',
  target: 'io2',
  fixedIops: 4_000,
} as const;
const stack = synthesizedStack(props);

const schemas = {
  Respond: respondEnvironment,
  KeepAlarms: keepAlarmsEnvironment,
  Sweep: sweepEnvironment,
  ProfileDemand: profileDemandEnvironment,
  DeliverNotice: deliverNoticeEnvironment,
  CleanUp: cleanUpEnvironment,
} as const;

const optional = ['SLACK_CHANNEL', 'SLACK_TOKEN_PARAMETER', 'SLACK_WEBHOOK_PARAMETER'];

/** The variables as the function gets them, each intrinsic replaced by some text. */
function variablesOf(from: typeof stack, name: string): Readonly<Record<string, string>> {
  const { Environment } = theOne(from, 'AWS::Lambda::Function', `${name}Function`).Properties as {
    Environment: { Variables: Record<string, unknown> };
  };
  const entries = Object.entries(Environment.Variables);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : 'resolved']),
  );
}

describe('the environment of', () => {
  test.each(Object.entries(schemas))('%s has the keys its handler declares, and no other', (name, schema) => {
    const declared = Object.keys(schema.entries).filter((key) => !optional.includes(key));
    expect(Object.keys(variablesOf(stack, name)).sort()).toEqual(declared.sort());
  });

  test.each(Object.entries(schemas))('%s is read by its handler', (name, schema) => {
    expect(() => parseEnvironment(name, schema, variablesOf(stack, name))).not.toThrow();
  });

  test('respond carries the completed policy', () => {
    const { POLICY } = parseEnvironment('respond', respondEnvironment, variablesOf(stack, 'Respond'));
    expect(POLICY).toEqual(readStackConfig(props).policy);
  });
});

describe('the environment of deliver-notice', () => {
  test.each([
    [
      { channel: 'C0STORAGE', tokenParameter: '/slack/token' },
      { SLACK_CHANNEL: 'C0STORAGE', SLACK_TOKEN_PARAMETER: '/slack/token' },
    ],
    [{ webhookParameter: '/slack/hook' }, { SLACK_WEBHOOK_PARAMETER: '/slack/hook' }],
  ])('names where the secret of %o is, never the secret', (slack, expected) => {
    const { TABLE_NAME, TOPIC_ARN, ...rest } = variablesOf(synthesizedStack({ slack }), 'DeliverNotice');
    expect({ TABLE_NAME, TOPIC_ARN }).toEqual({ TABLE_NAME: 'resolved', TOPIC_ARN: 'resolved' });
    expect(rest).toEqual({ CHANNELS: 'sns,slack', ...expected });
  });
});
