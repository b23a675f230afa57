import { describe, expect, test } from 'vitest';
import { stepCase } from '../../../core/domain/cases/step-case.ts';
import { verdictOn } from '../../../core/domain/credits/verdict.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import { read } from '../../../core/domain/reading.ts';
import { hours, minutes, percent } from '../../../core/domain/units.ts';
import { someSubject, watching } from '../some-case.ts';
import { ago, ahead, bridge, level, minutely } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

/** Its case is nine hours old, it came to its wall three hours later, and it may be moved only now. */
const moved = () => {
  const act: Decision = {
    kind: 'act',
    reason: { code: 'at-wall' },
    plan: bridge(),
    forecast: {
      kind: 'at-wall',
      balance: percent(0),
      asOf: noon,
      age: minutes(1),
      earliestWall: noon,
      // No balance is read further back.
      since: ago(hours(3)),
    },
  };
  const at = { now: noon, subject: someSubject, mutedUntil: undefined, requests: [] };
  const fresh = { id: 'EB-NEW', volumeId: someSubject.volumeId };
  const next = stepCase(watching({ openedAt: ago(hours(9)) }), act, at, fresh)?.next;
  if (next?.state !== 'intended') throw new Error(`expected an intent, got ${next?.state}`);
  return { acceptedAt: noon, predictedWall: next.predictedWall };
};

/** What was felt before the wall, at it, and in the 40 minutes after the move. */
const verdictAfter = (milliseconds: number) => {
  const now = ahead(minutes(40));
  const latency = minutely([...level(1, 240), ...level(80, 360), ...level(milliseconds, 40)], now);
  const queue = minutely(level(0.5, latency.length), now);
  return verdictOn(read({ latency, queue }, now), moved(), now);
};

describe('what is usual for a volume that is moved hours after it came to its wall', () => {
  test('is what was felt before', () => {
    expect(verdictAfter(1)).toEqual({ kind: 'relieved', usual: { latency: 1, queue: 0.5 } });
  });

  test('is not what was felt at the wall, so that no worse than that is no relief', () => {
    expect(verdictAfter(80)).toMatchObject({ kind: 'not-relieved', usualLatency: 1 });
  });
});
