import { expect, test } from 'vitest';
import type { Modification } from '../../../core/domain/deciding/situation.ts';
import type { Upgrade } from '../../../core/domain/leaving/upgrade.ts';
import { type Present, type WayBack, wayBackOf } from '../../../core/domain/leaving/way-back.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { after, hours, iops, minutes } from '../../../core/domain/units.ts';
import { ago, bridge } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

const plan = bridge();
const upgrade: Upgrade = {
  volumeId: someVolume().id,
  caseId: 'EB-00000001',
  plan,
  state: 'bridged',
  since: ago(hours(30)),
};
const modification = (state: Modification['state']): Modification => ({
  state,
  startedAt: ago(hours(30)),
  progress: 40,
  from: plan.from,
  to: plan.to,
});
const moved = someVolume({ configuration: plan.to });
const present = (rest: Partial<Present> = {}): Present => ({
  now: noon,
  volume: moved,
  modification: read(modification('completed'), noon),
  modifiedAt: [],
  ...rest,
});

const io1 = { type: 'io1' as const, iops: iops(2_000) };
const foreign = { type: 'unjudgeable' as const, got: 'gp9' };
const fourSince = [ago(hours(23)), ago(hours(3)), ago(hours(2)), ago(hours(1))];

test.each<readonly [string, Partial<Present>, WayBack]>([
  ['can go back', {}, { kind: 'open' }],
  [
    'can go back after a modification that failed',
    { modification: read(modification('failed'), noon) },
    { kind: 'open' },
  ],
  ['can go back with three slots used', { modifiedAt: fourSince.slice(1) }, { kind: 'open' }],
  [
    'can go back when the first of four is a day old',
    { modifiedAt: [ago(hours(24)), ...fourSince.slice(1)] },
    { kind: 'open' },
  ],
  [
    'waits for the first of four to be a day old',
    { modifiedAt: fourSince.toReversed() },
    { kind: 'slots-used', at: after(noon, hours(1)) },
  ],
  [
    'waits for the second of five',
    { modifiedAt: [ago(minutes(1439)), ...fourSince] },
    { kind: 'slots-used', at: after(noon, hours(1)) },
  ],
  [
    'waits for its modification',
    { modification: read(modification('optimizing'), noon) },
    { kind: 'in-modification', state: 'optimizing', progress: 40 },
  ],
  [
    'waits for a modification in a state we do not know',
    { modification: read(modification({ unknown: 'pausing' }), noon) },
    { kind: 'in-modification', state: 'pausing', progress: 40 },
  ],
  [
    'is being put back by a person',
    { modification: read({ ...modification('modifying'), to: plan.from }, noon) },
    { kind: 'returning' },
  ],
  ['is gone', { volume: undefined }, { kind: 'gone' }],
  ['is back', { volume: someVolume() }, { kind: 'is-back' }],
  [
    'was changed by others',
    { volume: someVolume({ configuration: io1 }) },
    { kind: 'changed-by-others', is: io1 },
  ],
  [
    'was changed to what we do not know',
    { volume: someVolume({ configuration: foreign }) },
    { kind: 'changed-by-others', is: foreign },
  ],
  ['is not known', { modification: unread('AccessDenied') }, { kind: 'unknown', why: 'AccessDenied' }],
])('a volume that we moved %s', (_, rest, expected) => {
  expect(wayBackOf(upgrade, present(rest))).toEqual(expected);
});

test('a volume on its way back is left to it, whatever it says it is', () => {
  expect(wayBackOf({ ...upgrade, state: 'returning' }, present({ volume: someVolume() }))).toEqual({
    kind: 'returning',
  });
  expect(wayBackOf({ ...upgrade, state: 'returning' }, present({ volume: undefined }))).toEqual({
    kind: 'gone',
  });
});
