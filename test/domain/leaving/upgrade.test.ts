import { expect, test } from 'vitest';
import type { Closed } from '../../../core/domain/cases/case.ts';
import { upgradesIn } from '../../../core/domain/leaving/upgrade.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { announced, asked, bridged, intended, returning, upgrading, watching } from '../some-case.ts';
import { ago, bridge, fix } from '../some-situation.ts';

const { state: _, ...common } = watching();
const closed = (rest: Partial<Closed> = {}): Closed => ({
  ...common,
  state: 'closed',
  ending: 'averted',
  closedAt: ago(hours(2)),
  stays: fix(),
  ...rest,
});

test('what an open case moved, and what closed ones left moved', () => {
  const other = 'vol-00000000000000002' as const;
  expect(upgradesIn([upgrading()], [closed({ volumeId: other, id: 'EB-2' })])).toMatchObject([
    { volumeId: other, caseId: 'EB-2', state: 'closed', since: ago(hours(2)) },
    { volumeId: common.volumeId, state: 'upgrading', since: ago(minutes(1)) },
  ]);
});

test('a closed case says when it asked, as long as it knows', () => {
  expect(upgradesIn([], [closed({ requests: [asked(ago(hours(3)))] })])).toMatchObject([
    { since: ago(hours(3)) },
  ]);
  const back = { at: ago(hours(3)), to: bridge().to };
  expect(upgradesIn([], [closed({ requests: [back] })])).toMatchObject([{ since: ago(hours(2)) }]);
});

test('on its way back it is still its bridge that moved it', () => {
  const { bridge: held } = bridged();
  for (const one of [bridged(), returning(), intended({ bridge: held })])
    expect(upgradesIn([one], [])).toMatchObject([{ plan: held.plan, since: held.since, state: one.state }]);
});

test('nothing where nothing was moved, or nobody knows yet', () => {
  expect(upgradesIn([watching(), announced(), intended()], [closed({ stays: undefined })])).toEqual([]);
});

test('of one volume the latest: an open case before closed ones, a later one before an earlier', () => {
  const earlier = closed({ id: 'EB-1', closedAt: ago(hours(9)) });
  expect(upgradesIn([], [closed({ id: 'EB-2' }), earlier])).toMatchObject([{ caseId: 'EB-2' }]);
  expect(upgradesIn([bridged({ id: 'EB-3' })], [closed(), earlier])).toMatchObject([{ caseId: 'EB-3' }]);
});
