import { describe, expect, test } from 'vitest';
import type { Bridged } from '../../../core/domain/cases/case.ts';
import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { hours, iops, minutes } from '../../../core/domain/units.ts';
import type { Configuration } from '../../../core/domain/volume.ts';
import { bridged } from '../some-case.ts';
import { ago, ahead, bridge, consent, level, minutely, rulesFor, someSituation } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

const onBridge = someVolume({ configuration: bridge().to, tags: consent });
const wholeDay = 24 * 60;
/** A day at this many IOPS; the baseline is 300. */
const day = (demand: number, count = wholeDay) => ({ demand: read(minutely(level(demand, count)), noon) });

const answer = (given: Partial<Situation> = {}, held: Bridged = bridged()): Decision => {
  const situation = someSituation({ volume: onBridge, openCase: held, ...day(100), ...given });
  return decide(situation, rulesFor(situation));
};

describe('a bridged volume', () => {
  test('goes back to exactly what it was when its last day would have fitted the bucket', () => {
    expect(answer()).toMatchObject({
      kind: 'act',
      reason: { code: 'demand-fits-bucket-again' },
      plan: {
        purpose: 'return',
        from: { type: 'io1', iops: iops(1_000) },
        to: { type: 'gp2' },
        price: { difference: -67.5 },
        slowerThanBurst: undefined,
      },
    });
  });

  test('stays when the day would not have fitted', () => {
    expect(answer(day(290))).toMatchObject({
      kind: 'hold',
      reason: { code: 'bridge-still-needed' },
      verdict: { kind: 'relieved' },
      refused: undefined,
      dueAt: ahead(hours(1)),
    });
  });

  test('stays when a peak of the day would have run out of credits, although the average fits', () => {
    const demand = read(minutely([...level(3_000, 60), ...level(0, wholeDay - 60)]), noon);
    expect(answer({ demand })).toMatchObject({ kind: 'hold', reason: { code: 'bridge-still-needed' } });
  });

  test('stays at least a day, whatever its demand', () => {
    const since = (minutesAgo: number) =>
      bridged({ bridge: { ...bridged().bridge, since: ago(minutes(minutesAgo)) } });
    expect(answer({}, since(wholeDay - 1))).toMatchObject({ kind: 'hold' });
    expect(answer({}, since(wholeDay))).toMatchObject({ kind: 'act' });
  });

  test.each([
    { what: 'cannot be read', demand: unread('Throttling'), why: 'Throttling' },
    {
      what: 'lacks more than an hour, as of a stopped instance',
      ...day(100, 22 * 60),
      why: 'only 22 of 24 hours were recorded',
    },
  ])('stays when its day $what, and gives that as what stands in the way', ({ demand, why }) => {
    const refusal = { code: 'unread-fact', fact: 'demand profile', why };
    expect(answer({ demand })).toMatchObject({
      kind: 'hold',
      reason: refusal,
      refused: { reason: { code: 'return-unproved' }, refusal, wouldDo: { purpose: 'return' } },
      dueAt: ahead(hours(1)),
    });
  });

  test('does not stay for an hour that is missing', () => {
    expect(answer(day(100, 23 * 60))).toMatchObject({ kind: 'act' });
  });

  describe('that is detached', () => {
    const detached = someVolume({
      configuration: bridge().to,
      tags: consent,
      attachment: { kind: 'detached' },
    });

    test('asks for nothing: what is missing of its day counts as no demand', () => {
      const back = { kind: 'act', reason: { code: 'demand-fits-bucket-again' }, plan: { purpose: 'return' } };
      expect(answer({ volume: detached, demand: read([], noon) })).toMatchObject(back);
      expect(answer({ volume: detached, ...day(290, 6 * 60) })).toMatchObject(back);
    });

    test('stays for what it asked for before', () => {
      expect(answer({ volume: detached, ...day(1_500, 12 * 60) })).toMatchObject({
        kind: 'hold',
        reason: { code: 'bridge-still-needed' },
      });
    });
  });

  test('stays while a guard refuses the way back, and is asked about again in a quarter of an hour', () => {
    const optimising = {
      state: 'optimizing' as const,
      startedAt: ago(hours(25)),
      progress: 90,
      from: undefined,
      to: bridge().to,
    };
    expect(answer({ modification: read(optimising, noon) })).toMatchObject({
      kind: 'hold',
      reason: { code: 'modification-in-flight', state: 'optimizing' },
      refused: {
        refusal: { code: 'modification-in-flight', state: 'optimizing' },
        wouldDo: { purpose: 'return', to: { type: 'gp2' } },
      },
      dueAt: ahead(minutes(15)),
    });
  });

  test('goes back when it was grown until its old type can no longer run out, whatever its day', () => {
    const grown = (size: number) => someVolume({ size, configuration: bridge().to, tags: consent });
    const demand = unread('Throttling');
    expect(answer({ volume: grown(1_000), demand })).toMatchObject({
      kind: 'act',
      reason: { code: 'cannot-run-out' },
      plan: { purpose: 'return', to: { type: 'gp2' } },
    });
    expect(answer({ volume: grown(999), demand })).toMatchObject({ kind: 'hold' });
  });

  test('stays for as long as it is marked latency-critical, and goes back when it no longer is', () => {
    const marked = { ...consent, 'ebs-burst:tier': 'latency-critical' };
    const volume = someVolume({ configuration: bridge().to, tags: marked });
    expect(answer({ volume })).toMatchObject({
      kind: 'hold',
      reason: { code: 'born-right' },
      refused: undefined,
      dueAt: ahead(hours(1)),
    });
    expect(answer()).toMatchObject({ kind: 'act', plan: { purpose: 'return' } });
  });

  test.each([
    { what: 'other IOPS', configuration: { type: 'io1', iops: iops(1_500) } as const },
    { what: 'another type', configuration: { type: 'gp2' } as const },
  ])('is left to others when somebody gave it $what', ({ configuration }) => {
    expect(answer({ volume: someVolume({ configuration, tags: consent }) })).toEqual({
      kind: 'conclude',
      ending: 'yielded',
      reason: { code: 'changed-by-others' },
    });
  });

  const asBefore = someVolume({ configuration: { type: 'gp2' }, tags: consent });
  const newest = (state: 'completed' | 'failed', to: Configuration) =>
    read({ state, startedAt: ago(hours(25)), progress: 100, from: { type: 'gp2' as const }, to }, noon);

  const doubted = { code: 'unread-fact', fact: 'modifications' } as const;

  test("is looked at again, and nobody told, when one list shows its old type but EC2's newest modification leads to the bridge", () => {
    expect(answer({ volume: asBefore, modification: newest('completed', bridge().to) })).toMatchObject({
      kind: 'hold',
      reason: doubted,
      refused: undefined,
      dueAt: ahead(minutes(5)),
    });
  });

  test('is looked at again, and that is told, when it shows its old type and modifications cannot be read', () => {
    expect(answer({ volume: asBefore, modification: unread('Throttling') })).toMatchObject({
      kind: 'hold',
      refused: { reason: { code: 'return-unproved' }, refusal: { ...doubted, why: 'Throttling' } },
      dueAt: ahead(minutes(5)),
    });
  });

  test.each([
    { what: 'leads elsewhere', modification: newest('completed', { type: 'gp2' }) },
    { what: 'to the bridge failed', modification: newest('failed', bridge().to) },
  ])("is left to others when EC2's newest modification $what", ({ modification }) => {
    expect(answer({ volume: asBefore, modification })).toMatchObject({ kind: 'conclude', ending: 'yielded' });
  });

  test('waits a minute while AWS throttles and says nothing of it, but of what else keeps it', () => {
    expect(answer({ awsThrottles: true })).toMatchObject({
      kind: 'hold',
      reason: { code: 'aws-throttled' },
      refused: undefined,
      dueAt: ahead(minutes(1)),
    });
    const volume = someVolume({ configuration: bridge().to, tags: {} });
    expect(answer({ awsThrottles: true, volume })).toMatchObject({
      reason: { code: 'no-consent' },
      refused: { refusal: { code: 'no-consent' } },
      dueAt: ahead(minutes(15)),
    });
  });

  test('that EC2 describes in a way we do not know is not left to others: it stays ours, and that is told', () => {
    const configuration = { type: 'unjudgeable', got: 'state error' } as const;
    const held = bridged({ bridge: { ...bridged().bridge, since: ago(hours(2)) } });
    expect(answer({ volume: someVolume({ configuration, tags: consent }) }, held)).toMatchObject({
      kind: 'hold',
      reason: { code: 'unjudgeable', got: 'state error' },
      refused: {
        reason: { code: 'return-unproved' },
        refusal: { code: 'unjudgeable', got: 'state error' },
        wouldDo: { purpose: 'return', from: bridge().to, to: { type: 'gp2' } },
      },
      dueAt: ahead(hours(1)),
    });
  });
});
