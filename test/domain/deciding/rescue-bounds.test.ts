import { describe, expect, test } from 'vitest';
import type { Announced } from '../../../core/domain/cases/case.ts';
import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { chooseTarget } from '../../../core/domain/deciding/target.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { type Duration, days, hours, iops, mebibytesPerSecond, minutes } from '../../../core/domain/units.ts';
import { volumePolicyOf } from '../../../core/domain/volume-policy.ts';
import { announced, watching } from '../some-case.ts';
import {
  ago,
  ahead,
  consent,
  fallingTo,
  level,
  minutely,
  rulesFor,
  someSituation,
} from '../some-situation.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

const answer = (given: Partial<Situation> = {}, policy: Parameters<typeof somePolicy>[0] = {}): Decision => {
  const situation = someSituation(given);
  return decide(situation, rulesFor(situation, policy));
};
const notifyOnly = { mode: 'notify' } as const;
const balance = (values: readonly number[], end = noon) => ({ balance: read(minutely(values, end), noon) });

describe('a warning', () => {
  test('ahead of its time promises the call a lead time before the likely wall, and five minutes for it', () => {
    expect(answer(balance(fallingTo(36, 2)), notifyOnly)).toMatchObject({
      kind: 'warn',
      forecast: { wall: { likely: ahead(minutes(18)) } },
      promisedAt: ahead(minutes(8)),
    });
  });

  test('in place of a call that was muted promises nothing', () => {
    const muted = answer(
      { ...balance(fallingTo(20, 2)), mutedUntil: { at: ahead(hours(1)), end: 'told' } },
      notifyOnly,
    );
    expect(muted).toMatchObject({ kind: 'warn' });
    expect(muted).not.toHaveProperty('promisedAt');
  });
});

describe('a latency-critical volume that may not be moved', () => {
  const critical = someVolume({ tags: { ...consent, 'ebs-burst:tier': 'latency-critical' } });
  const seeing = (given: Partial<Situation>) => answer({ volume: critical, ...given }, notifyOnly);
  const nothing = balance([]);

  test('is left alone while it is new and has published nothing', () => {
    expect(seeing(nothing)).toMatchObject({ kind: 'leave', reason: { code: 'notify-mode' } });
  });

  test('is not, where a case is open or its balance cannot be read', () => {
    expect(seeing({ ...nothing, openCase: watching() })).toMatchObject({
      kind: 'warn',
      reason: { code: 'blind' },
    });
    expect(seeing({ balance: unread('Throttling') })).toMatchObject({
      kind: 'warn',
      reason: { code: 'blind' },
    });
  });

  test('is treated like any other by its balance', () => {
    expect(seeing(balance(level(90)))).toMatchObject({ kind: 'leave', reason: { code: 'above-threshold' } });
    expect(seeing({ ...balance(level(90)), openCase: watching() })).toMatchObject({
      kind: 'conclude',
      ending: 'recovered',
    });
  });
});

describe('a volume that publishes nothing any more', () => {
  const silentFor = (duration: Duration, values = level(90, 120)) => balance(values, ago(duration));
  const told = (rest: Partial<Announced> = {}) =>
    announced({ lastSeen: { at: ago(hours(25)), wall: undefined }, ...rest });

  test('is no matter where its bucket was full, unless somebody waits for the end of the story', () => {
    expect(answer({ ...silentFor(minutes(20)), openCase: watching() })).toMatchObject({
      kind: 'conclude',
      ending: 'recovered',
    });
    expect(answer({ ...silentFor(minutes(20)), openCase: told() })).toMatchObject({
      kind: 'warn',
      reason: { code: 'blind' },
    });
  });

  test('is waited for a day from its newest sample, whatever was remembered', () => {
    expect(answer({ ...silentFor(hours(23), level(5, 120)), openCase: told() })).toMatchObject({
      kind: 'warn',
    });
    expect(answer({ ...silentFor(hours(24), level(5, 120)), openCase: told() })).toMatchObject({
      ending: 'silent',
    });
  });
});

describe('the target of a throughput bucket', () => {
  const st1 = (tags = {}, policy = {}, profile: Situation['profile'] = unread('none yet')) => {
    const volume = someVolume({ size: 500, configuration: { type: 'st1' }, tags });
    return chooseTarget({
      volume,
      policy: volumePolicyOf(somePolicy(policy), volume.tags),
      profile,
      typesNotInZone: [],
    });
  };

  test('needs no IOPS of its own, only those that its burst takes', () => {
    expect(st1({ 'ebs-burst:tier': 'latency-critical' })).toMatchObject({
      configuration: { type: 'io2', iops: 477 },
    });
  });

  test('on gp3 follows the profile, not the IOPS that are fixed for io1 and io2', () => {
    const profile = read(
      {
        computedAt: noon,
        covers: days(14),
        iops: iops(100),
        throughput: mebibytesPerSecond(100),
        minutesAtWall: 0,
      },
      noon,
    );
    expect(st1({}, { fixedIops: iops(9_000) }, profile)).toMatchObject({
      configuration: { type: 'gp3', iops: 3_000, throughput: 125 },
    });
  });
});
