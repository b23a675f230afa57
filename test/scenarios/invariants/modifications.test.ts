import { beforeEach, describe, expect, test } from 'vitest';
import { modifyCalls } from '../account-history.ts';
import { breachesIn } from '../invariants.ts';
import { hour, startsAt } from '../responder-account.ts';
import { type Rescue, rescued } from './rescue.ts';

let rescue: Rescue;

beforeEach(async () => {
  rescue = await rescued();
});

describe('the invariants', () => {
  test('hold for a rescue that goes well', () => {
    expect(breachesIn(rescue)).toEqual([]);
  });

  test('are broken by a request while one is in flight', async () => {
    const asked = modifyCalls(rescue)[0]?.at ?? 0;
    const { startedAt = 0, endsAt = 0 } =
      rescue.account.ebs.volumes.volume(rescue.volumeId).lastModification ?? {};
    expect(asked).toBe(startedAt);
    expect(endsAt).toBeGreaterThan(rescue.account.simulation.now);
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I1');
  });

  test('are broken by the second of two requests at one instant, not by the first', async () => {
    await rescue.account.simulation.runFor(8 * hour);
    await rescue.askAnyhow({ VolumeType: 'io2', Iops: 500 });
    expect(rescue.breached()).not.toContain('I1');
    await rescue.askAnyhow();
    const [, first, second] = modifyCalls(rescue);
    expect(second?.at).toBe(first?.at);
    expect(breachesIn(rescue)).toContainEqual(expect.stringMatching(/^I1: .*"VolumeType":"gp3"/));
  });

  test('are broken by a third modification in a day', async () => {
    const { simulation } = rescue.account;
    for (const later of [2, 3]) {
      await simulation.runUntil(startsAt + later * hour);
      await rescue.askAnyhow();
    }
    expect(rescue.breached()).toContain('I2');
  });

  test('are broken by a request within a day after somebody else’s change, not by that change alone', async () => {
    const { simulation, ebs } = rescue.account;
    await simulation.runFor(hour);
    ebs.volumes.modifyByPerson(rescue.volumeId, { volumeType: 'gp2' });
    expect(rescue.breached()).toEqual([]);
    await simulation.runFor(hour);
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I8');
  });
});
