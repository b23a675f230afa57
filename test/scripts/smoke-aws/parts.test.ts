import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { instant } from '../../../core/domain/units.ts';
import { metrics } from '../../../lambda/environments/metrics.ts';
import { answersFrom } from '../../../scripts/smoke-aws/answers.ts';
import { cdkEnvironment, deployArguments, destroyArguments } from '../../../scripts/smoke-aws/cdk-process.ts';
import {
  estimate,
  mostDollars,
  mostHours,
  totalOf,
  type Wanted,
} from '../../../scripts/smoke-aws/estimate.ts';
import { propsOf } from '../../../scripts/smoke-aws/experiment.ts';
import { loadScript } from '../../../scripts/smoke-aws/load-script.ts';
import { placeVariables, wrongPlace } from '../../../scripts/smoke-aws/place-guard.ts';
import { Sightings } from '../../../scripts/smoke-aws/sightings.ts';
import { smokeOptions } from '../../../scripts/smoke-aws/smoke-options.ts';

const place = ['--account', '123456789012', '--region', 'eu-west-1'];

describe('the arguments', () => {
  test('name at least an account and a Region', () => {
    expect(smokeOptions([...place, '--act', '--yes'])).toEqual({
      account: '123456789012',
      region: 'eu-west-1',
      profile: undefined,
      mode: 'act',
      isConfirmed: true,
      atMost: 0.1,
      reportFolder: '.',
      cleanUpOnly: undefined,
    });
    expect(smokeOptions(place)).toMatchObject({ mode: 'notify', atMost: 0.1 });
    expect(smokeOptions(['--help'])).toBe('help');
  });

  test.each([
    [[], '--account: got "", expected the 12 digits of the account that may be used'],
    [['--account', '12'], '--account: got "12", expected the 12 digits of the account that may be used'],
    [['--account', '123456789012'], '--region: got "", expected a Region such as eu-west-1'],
    [
      [...place, '--clean-up-only', '*'],
      '--clean-up-only: got "*", expected the eight hexadecimal digits of a run',
    ],
    [[...place, '--at-most', '-1'], undefined],
    [[...place, '--at-most', 'a lot'], '--at-most: got "a lot", expected dollars such as 0.25'],
    [[...place, '--force'], undefined],
  ])('%j are refused', (args, fault) => {
    expect(smokeOptions(args)).toEqual({ fault: fault ?? expect.stringMatching(/--(at-most|force)/) });
  });
});

describe('the estimate', () => {
  const resources = new Map([
    ['AWS::CloudWatch::Alarm', 16],
    ['AWS::KMS::Key', 1],
    ['AWS::CloudWatch::Dashboard', 1],
  ]);
  const wanted: Wanted = { mode: 'act', volumesWithAlarm: 1, resources };
  const lineOf = (of: Wanted, what: RegExp, list = usEast1Prices) =>
    estimate(of, list).find((line) => what.test(line.what))?.dollars ?? Number.NaN;

  test.each(['notify', 'act'] as const)('is under what is asked of anybody in mode %s', (mode) => {
    expect(totalOf(estimate({ ...wanted, mode }, usEast1Prices))).toBeLessThan(mostDollars);
  });

  test('counts the address that a default VPC gives the instance, and the metrics that the responder publishes', () => {
    expect(lineOf(wanted, /public IPv4/)).toBeCloseTo(0.005 * mostHours.act.instance, 12);
    expect(lineOf(wanted, /metrics of the responder/)).toBeCloseTo(
      (Object.keys(metrics).length * 0.3 * mostHours.act.stack) / 730,
      12,
    );
  });

  test('is computed from the price list: what is dearer there is dearer here', () => {
    const dearer = { ...usEast1Prices, alarmMonthly: 2 * usEast1Prices.alarmMonthly };
    expect(lineOf(wanted, /^alarms/, dearer)).toBeCloseTo(2 * lineOf(wanted, /^alarms/), 12);
    expect(lineOf(wanted, /^the volume/, dearer)).toBe(lineOf(wanted, /^the volume/));
  });

  test('grows with the volumes that get an alarm', () => {
    const each = (0.1 * mostHours.act.stack) / 730;
    const more = lineOf({ ...wanted, volumesWithAlarm: 101 }, /^alarms/) - lineOf(wanted, /^alarms/);
    expect(more).toBeCloseTo(100 * each, 12);
  });
});

describe('the stack', () => {
  test('may in mode act modify nothing but what carries the tag of the run', () => {
    expect(propsOf('act', '0badcafe')).toEqual({
      mode: 'act',
      act: { tagKey: 'ebs-burst-smoke', values: ['0badcafe'] },
    });
  });

  test('may modify nothing in mode notify', () => {
    expect(propsOf('notify', '0badcafe')).toEqual({ mode: 'notify' });
  });

  test('is deployed with the tag of the run and destroyed without a question', () => {
    expect(deployArguments({ mode: 'notify' }, { 'ebs-burst-smoke': '0badcafe' }, '/out')).toEqual([
      ...[
        'deploy',
        'EbsBurst',
        '--app',
        'node scripts/smoke-aws/app.ts',
        '--method',
        'direct',
        '--require-approval',
        'never',
      ],
      ...[
        '--context',
        'ebs-burst={"mode":"notify"}',
        '--tags',
        'ebs-burst-smoke=0badcafe',
        '--output',
        '/out',
      ],
    ]);
    expect(destroyArguments('/out')).toEqual([
      ...['destroy', 'EbsBurst', '--app', 'node scripts/smoke-aws/app.ts', '--force', '--output', '/out'],
    ]);
  });

  const site = { account: '123456789012', region: 'eu-west-1', profile: undefined };
  const found = { CDK_DEFAULT_ACCOUNT: '123456789012', CDK_DEFAULT_REGION: 'eu-west-1' };

  test('is worked on where cdk found itself in the account and Region that were agreed to', () => {
    expect(wrongPlace({ ...placeVariables(site), ...found })).toBeUndefined();
  });

  test.each([
    [{ ...found, CDK_DEFAULT_ACCOUNT: '210987654321' }, '210987654321 in eu-west-1'],
    [{ ...found, CDK_DEFAULT_REGION: 'us-east-1' }, '123456789012 in us-east-1'],
    [{}, 'no account in no Region'],
  ])('is not touched where cdk found %j', (elsewhere, got) => {
    expect(wrongPlace({ ...placeVariables(site), ...elsewhere })).toBe(
      `cdk would work on ${got}, expected 123456789012 in eu-west-1; name the --profile of that account, and take away what else leads cdk to another (AWS_PROFILE, ~/.cdk.json)`,
    );
  });

  test('cannot be led elsewhere by the variable that cdk knows and the SDK does not', () => {
    const variables = cdkEnvironment(site, { AWS_DEFAULT_PROFILE: 'production', AWS_PROFILE: 'sandbox' });
    expect(variables).toMatchObject({ AWS_PROFILE: 'sandbox', AWS_REGION: 'eu-west-1' });
    expect(variables).not.toHaveProperty('AWS_DEFAULT_PROFILE');
  });

  test('has an app of its own that makes nothing elsewhere', () => {
    const ended = spawnSync(process.execPath, ['scripts/smoke-aws/app.ts'], {
      encoding: 'utf8',
      env: { ...placeVariables(site), ...found, CDK_DEFAULT_ACCOUNT: '210987654321' },
    });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain(
      'Error: cdk would work on 210987654321 in eu-west-1, expected 123456789012',
    );
  });
});

test('the instance ends itself, whatever becomes of us', () => {
  expect(loadScript(90).split('\n').slice(0, 2)).toEqual(['#!/bin/bash', 'shutdown -h +90']);
});

describe('the answers', () => {
  const at = instant(Date.UTC(2026, 10, 23, 12));

  test('are "not seen" where nothing was', () => {
    const answers = answersFrom(new Sightings());
    expect(answers.length).toBeGreaterThan(5);
    expect(answers.filter(({ seen }) => seen !== undefined)).toEqual([]);
  });

  test('tell a notice that came before the alarm was raised from one that followed it', () => {
    const sightings = new Sightings();
    sightings.add({ seenAt: at, kind: 'alarm-set', state: 'ALARM' });
    sightings.add({ seenAt: at, kind: 'notice', subject: 'FYI', message: '', sentAt: instant(at - 4_000) });
    const latency = answersFrom(sightings).find(({ id }) => id === 'alarm-to-notice');
    expect(latency?.seen).toBe('the notice came 4 s before: CloudWatch had raised the alarm by itself');
  });
});
