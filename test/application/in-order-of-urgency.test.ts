import { expect, test } from 'vitest';
import { inOrderOfUrgency } from '../../core/application/in-order-of-urgency.ts';
import type { Forecast } from '../../core/domain/credits/forecast.ts';
import type { Decision } from '../../core/domain/deciding/decision.ts';
import { type Duration, minutes, percent } from '../../core/domain/units.ts';
import { ahead, fix } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';

const seen = { balance: percent(20), asOf: noon, age: minutes(0), earliestWall: noon };
const acting = (forecast: Forecast): Decision => ({
  kind: 'act',
  reason: { code: 'heading-for-wall' },
  forecast,
  plan: fix(),
});
const draining = (wallIn: Duration): Forecast => {
  const wall = ahead(wallIn);
  return {
    ...seen,
    kind: 'draining',
    percentPerMinute: -1,
    wall: { earliest: wall, likely: wall, latest: wall },
  };
};

test('those at the wall come first, then by their walls, then those without one, none lost', () => {
  const steady = acting({ ...seen, kind: 'steady' });
  const later = acting(draining(minutes(12)));
  const sooner = acting(draining(minutes(3)));
  const there = acting({ ...seen, kind: 'at-wall' });
  const following: Decision = { kind: 'release', reason: { code: 'intent-unresolved' }, dueAt: noon };
  const given = [steady, following, later, there, sooner].map((decision) => ({ decision }));
  const sorted = inOrderOfUrgency(given).map(({ decision }) => decision);
  expect(sorted).toEqual([there, sooner, later, steady, following]);
});
