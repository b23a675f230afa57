import { expect, test } from 'vitest';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { ReplayedAccount } from '../../../core/application/replay/replayed-account.ts';
import { ReplayedVolume } from '../../../core/application/replay/replayed-volume.ts';
import { after, days, hours, type Instant, minutes } from '../../../core/domain/units.ts';
import { someVolume } from '../../domain/some-volume.ts';
import { recorded, recordingOf } from './some-recording.ts';

const volume = someVolume({ id: 'vol-00000001' });
const hour = 60;
/** 100 IOPS; from noon of the second day on 2,000. */
const history = recorded((minute) => (minute < 36 * hour ? 100 : 2_000), volume, days(2));
const { from } = recordingOf([history], days(2));

/** The profile that somebody finds who asks at these moments, one after the other. */
async function profilesAt(...moments: readonly Instant[]) {
  let now = from;
  const replayed = new ReplayedVolume(history, usualAssumptions, {});
  const account = new ReplayedAccount(new Map([[volume.id, replayed]]), { now: () => now }, minutes(3));
  const found = [];
  for (const moment of moments) {
    now = moment;
    const profile = (await account.almanac.profiles([volume.id])).get(volume.id);
    if (profile === undefined) throw new Error('the account knows the volume');
    found.push(profile);
  }
  return found;
}

test('a profile asked for at noon knows what was published before its day, and nothing of the day', async () => {
  const midnight = after(from, days(1));
  const [evening] = await profilesAt(after(midnight, hours(20)));
  expect(evening).toMatchObject({
    kind: 'read',
    value: { computedAt: midnight, iops: 100, covers: days(1) },
  });
});

test('on the first day of the record it knows what was published by then, and not what came after', async () => {
  const [early, late] = await profilesAt(after(from, minutes(3)), after(from, minutes(12 * hour + 59)));
  expect(early).toEqual({ kind: 'unread', why: 'no demand was recorded before' });
  expect(late).toMatchObject({ kind: 'read', value: { covers: hours(12), iops: 100 } });
  const [first] = await profilesAt(after(from, minutes(4)));
  expect(first).toMatchObject({ kind: 'read', value: { covers: minutes(4), iops: 100 } });
});
