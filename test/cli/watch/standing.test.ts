import { expect, test } from 'vitest';
import { standingOf, wallOf } from '../../../cli/watch/standing.ts';
import type { OpenCase } from '../../../core/domain/cases/case.ts';
import { minutes } from '../../../core/domain/units.ts';
import { announced, bridged, intended, returning, upgrading, watching } from '../../domain/some-case.ts';
import { ago, ahead } from '../../domain/some-situation.ts';
import { noon } from '../../domain/some-volume.ts';

const told = { what: 'needed', at: ago(minutes(2)), codes: [], easedAt: undefined } as const;
const slow = { kind: 'not-relieved', latency: 9, queue: 8, usualLatency: 1, usualQueue: 1 } as const;

test.each<readonly [string, string, OpenCase]>([
  ['watching', 'quiet', watching()],
  ['warned, not moved', 'warned', announced()],
  ['YOU ARE NEEDED', 'needed', announced({ told })],
  ['eased, watching', 'quiet', announced({ told: { ...told, easedAt: noon } })],
  ['asking AWS to move it', 'moving', intended()],
  ['moving to gp3', 'moving', upgrading()],
  ['moving to gp3, relieved', 'moving', upgrading({ verdict: { kind: 'relieved' } })],
  [
    'moved to gp3, unproved',
    'moving',
    upgrading({ completedAt: noon, verdict: { kind: 'unknown', why: '' } }),
  ],
  ['STILL SLOW on gp3', 'needed', upgrading({ verdict: slow })],
  ['bridged on io1', 'moving', bridged()],
  ['going back to gp2', 'moving', returning()],
])('a case says %s', (words, tone, one) => {
  expect(standingOf(one)).toMatchObject({ words, tone });
});

test('only a case that heads for a wall names one', () => {
  expect(wallOf(upgrading())).toBe(ahead(minutes(9)));
  expect(wallOf(announced({ lastSeen: { at: noon, wall: ahead(minutes(1)) } }))).toBe(ahead(minutes(1)));
  expect([watching(), announced(), bridged(), returning()].map(wallOf)).toEqual(Array(4).fill(undefined));
});
