import { describe, expect, test } from 'vitest';
import { readStackConfig } from '../../lib/stack-config.ts';

/** The lines of the error, without the headline they all share. */
function faultsOf(given: unknown): readonly string[] {
  try {
    readStackConfig(given);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [headline, ...lines] = error.message.split('\n');
    expect(headline).toBe('ebs-burst is not configured right:');
    return lines.map((line) => line.replace(/^ {2}- /, ''));
  }
  return [];
}

describe('a configuration', () => {
  test('of nothing is complete and only tells', () => {
    expect(readStackConfig({})).toEqual({
      policy: {
        mode: 'notify',
        target: 'auto',
        fixedIops: undefined,
        leadTime: 900_000,
        detectionLag: 600_000,
        maxAlarms: 1_000,
        act: { tagKey: 'ebs-burst:mode', values: ['act'] },
        caps: { maxMonthlyIncrease: 100, blastRadius: { volumes: 10, percentOfWatched: 5 } },
      },
      mailTo: [],
      slack: undefined,
      runbookUrl: undefined,
      logRetention: 90,
      alarmActions: [],
    });
  });

  test('that is left out of cdk.json is the same', () => {
    expect(readStackConfig(undefined)).toEqual(readStackConfig({}));
  });

  test('of two props is enough to act', () => {
    const config = readStackConfig({ mode: 'act', mailTo: ['storage@example.com'] });
    expect(config.policy).toMatchObject({ mode: 'act', act: { values: ['act'] } });
    expect(config.mailTo).toEqual(['storage@example.com']);
  });

  test('keeps the defaults of what it only sets in part', () => {
    const { policy } = readStackConfig({ mode: 'act', act: { tagKey: 'team' }, blastRadius: { volumes: 3 } });
    expect(policy.act).toEqual({ tagKey: 'team', values: ['act'] });
    expect(policy.caps.blastRadius).toEqual({ volumes: 3, percentOfWatched: 5 });
  });

  test.each([
    [
      { channel: 'C0STORAGE', tokenParameter: '/slack/token' },
      { kind: 'bot', channel: 'C0STORAGE', parameterName: '/slack/token' },
    ],
    [{ webhookParameter: 'slack-hook' }, { kind: 'webhook', parameterName: 'slack-hook' }],
  ])('takes Slack as %o', (slack, expected) => {
    expect(readStackConfig({ slack }).slack).toEqual({ ...expected, keyArn: undefined });
  });
});

test('takes the text that the command line hands over', () => {
  expect(readStackConfig('{"maxAlarms":7}').policy.maxAlarms).toBe(7);
});

describe('a shape that is wrong', () => {
  const props =
    'mode, target, fixedIops, leadTimeMinutes, detectionLagMinutes, maxAlarms, act, maxMonthlyIncrease, blastRadius, mailTo, slack, runbookUrl, logRetentionDays, alarmActions';

  test.each<[given: unknown, fault: string]>([
    [{ maxAlarm: 3 }, `maxAlarm: got an unknown key, expected one of ${props}; correct or remove it`],
    [
      { mode: 'act', blastRadius: { volume: 3 } },
      'blastRadius.volume: got an unknown key, expected one of volumes, percentOfWatched; correct or remove it',
    ],
    [{ mode: 'propose' }, 'mode: got "propose", expected one of off, notify, act; remove it for notify'],
    [{ target: 'gp2' }, 'target: got "gp2", expected one of auto, gp3, io2, io1; remove it for auto'],
    [
      { target: 'io1', fixedIops: 0.5 },
      "fixedIops: got 0.5, expected a whole number of IOPS; remove it for the demand profile's",
    ],
    [
      { leadTimeMinutes: '15' },
      'leadTimeMinutes: got "15", expected a number from 1 to 100000; remove it for 15',
    ],
    [{ leadTimeMinutes: 0 }, 'leadTimeMinutes: got 0, expected a number from 1 to 100000; remove it for 15'],
    [
      { detectionLagMinutes: 4 },
      'detectionLagMinutes: got 4, expected a number from 5 to 60; remove it for 10',
    ],
    [{ maxAlarms: 1.5 }, 'maxAlarms: got 1.5, expected a whole number from 0 to 100000; remove it for 1000'],
    [
      { mode: 'act', act: { values: [] } },
      'act.values: got [], expected at least one tag value, an empty selector selects nothing; remove it for act',
    ],
    [
      { mode: 'act', act: { values: Array(21).fill('a') } },
      `act.values: got ${JSON.stringify(Array(21).fill('a'))}, expected at most 20 tag values, all of which travel in every policy; shorten it`,
    ],
    [
      { mode: 'act', act: { tagKey: '' } },
      'act.tagKey: got "", expected a tag key of 1 to 128 characters; remove it for ebs-burst:mode',
    ],
    [
      { mode: 'act', act: { values: ['act', ''] } },
      'act.values.1: got "", expected a tag value of 1 to 256 characters; name what people set',
    ],
    [
      { mode: 'act', maxMonthlyIncrease: -1 },
      'maxMonthlyIncrease: got -1, expected a number from 0 to 1000000; remove it for 100',
    ],
    [
      { mailTo: ['storage@example.com', 'nobody'] },
      'mailTo.1: got "nobody", expected one mail address, e.g. storage@example.com; correct it or remove it',
    ],
    [
      { mailTo: 'storage@example.com' },
      'mailTo: got "storage@example.com", expected a list of mail addresses; remove it for none',
    ],
    [
      { slack: { channel: '#storage', tokenParameter: 'token' } },
      'slack.channel: got "#storage", expected a Slack channel id, e.g. C0STORAGE; copy it from the channel details',
    ],
    [
      { slack: { webhookParameter: 'hook', keyArn: 'alias/mine' } },
      'slack.keyArn: got "alias/mine", expected the ARN of a KMS key (not of an alias); remove it when the parameter uses alias/aws/ssm',
    ],
    [
      { runbookUrl: 'wiki' },
      'runbookUrl: got "wiki", expected an http or https address; correct it or remove it',
    ],
    [
      { alarmActions: ['arn:aws:sqs:us-east-1:123456789012:queue'] },
      'alarmActions.0: got "arn:aws:sqs:us-east-1:123456789012:queue", expected the ARN of an SNS topic; correct it or remove it',
    ],
    [
      'notify',
      `ebs-burst: got "notify", expected an object as JSON, e.g. '{"mode":"act"}'; see docs/reference/configuration.md`,
    ],
    [[], 'ebs-burst: got [], expected an object; see docs/reference/configuration.md'],
  ])('is refused: %j', (given, fault) => {
    expect(faultsOf(given)).toEqual([fault]);
  });

  test('is told whole, not one fault at a time', () => {
    expect(faultsOf({ mode: 'acts', maxAlarms: -1, mailTo: [''] })).toHaveLength(3);
  });

  test('names the days CloudWatch Logs can keep', () => {
    expect(faultsOf({ logRetentionDays: 42 })).toEqual([
      expect.stringMatching(
        /^logRetentionDays: got 42, expected one of 1, 3, 5, 7, 14, .*, 3653; remove it for 90$/,
      ),
    ]);
    expect(faultsOf({ logRetentionDays: 7 })).toEqual([]);
  });

  test.each([
    { channel: 'C0STORAGE', tokenParameter: 'xoxb-1234-secret' },
    { webhookParameter: 'https://hooks.slack.com/services/secret' },
  ])('does not repeat a secret that was given instead of its name', (slack) => {
    const [fault] = faultsOf({ slack });
    expect(fault).toMatch(
      /^slack\.\w+Parameter: got a value not shown here in case it is the secret itself, expected the name of an SSM parameter/,
    );
    expect(fault).not.toMatch(/1234|hooks/);
  });
});

describe('a contradiction', () => {
  test.each<[given: object, fault: string]>([
    [
      { act: {} },
      'act: got {}, expected none with mode notify, which never acts; set mode to act or remove it',
    ],
    [
      { mode: 'off', maxMonthlyIncrease: 50 },
      'maxMonthlyIncrease: got 50, expected none with mode off, which never acts; set mode to act or remove it',
    ],
    [
      { mode: 'notify', blastRadius: { volumes: 1 } },
      'blastRadius: got {"volumes":1}, expected none with mode notify, which never acts; set mode to act or remove it',
    ],
    ...['ebs-burst:state', 'ebs-burst:state-was', 'EBS-Burst:State'].map((tagKey): [object, string] => [
      { mode: 'act', act: { tagKey } },
      `act.tagKey: got "${tagKey}", expected a key outside ebs-burst:state*, which the responder itself may write and so could consent for you; choose another, e.g. ebs-burst:mode`,
    ]),
    [
      { mode: 'act', act: { values: ['act', 'off'] } },
      'act.values: got "off", expected no value of ebs-burst:mode that forbids acting; remove it or choose another tagKey',
    ],
    ...['auto', 'gp3'].map((target): [object, string] => [
      { target, fixedIops: 1_000 },
      `fixedIops: got 1000, expected none with target ${target}; set target to io1 or io2, or remove it`,
    ]),
    [
      { target: 'io1', fixedIops: 64_001 },
      'fixedIops: got 64001, expected 100 to 64000, what io1 takes; change it',
    ],
    [
      { target: 'io2', fixedIops: 99 },
      'fixedIops: got 99, expected 100 to 256000, what io2 takes; change it',
    ],
    [
      { leadTimeMinutes: 26_991 },
      'leadTimeMinutes: got 26991, expected at most 26990, what the slowest gp2 (999 GiB) achieves with a detection lag of 10 minutes; lower it',
    ],
    [
      { maxAlarms: 0 },
      'maxAlarms: got 0, expected at least 1 with mode notify, which only an alarm wakes; raise it or set mode to off',
    ],
    [
      { mode: 'act', maxAlarms: 0 },
      'maxAlarms: got 0, expected at least 1 with mode act, which only an alarm wakes; raise it or set mode to off',
    ],
    ...['volumes', 'percentOfWatched'].map((key): [object, string] => [
      { mode: 'act', blastRadius: { [key]: 0 } },
      `blastRadius.${key}: got 0, expected more than 0 with mode act; raise it or set mode to notify`,
    ]),
    [
      { slack: {} },
      'slack: got {}, expected either tokenParameter (with channel) or webhookParameter; keep one of the two',
    ],
    [
      { slack: { channel: 'C0STORAGE', tokenParameter: 'a', webhookParameter: 'b' } },
      'slack: got {"channel":"C0STORAGE","tokenParameter":"a","webhookParameter":"b"}, expected either tokenParameter (with channel) or webhookParameter; keep one of the two',
    ],
    [
      { slack: { tokenParameter: 'a' } },
      'slack.channel: got nothing, expected a channel id beside tokenParameter; add it',
    ],
    [
      { slack: { channel: 'C0STORAGE', webhookParameter: 'b' } },
      'slack.channel: got "C0STORAGE", expected none beside webhookParameter, whose URL names its channel; remove it',
    ],
  ])('is refused: %j', (given, fault) => {
    expect(faultsOf(given)).toEqual([fault]);
  });

  test.each([
    { target: 'io1', fixedIops: 64_000 },
    { target: 'io2', fixedIops: 100 },
    { leadTimeMinutes: 26_990 },
    { mode: 'off', maxAlarms: 0 },
    { mode: 'act', maxMonthlyIncrease: 0 },
    { mode: 'act', act: { tagKey: 'ebs-burst:tier', values: ['latency-critical'] } },
    { mode: 'act', act: { tagKey: 'team', values: ['off'] } },
  ])('is not seen in %j', (given) => {
    expect(faultsOf(given)).toEqual([]);
  });
});
