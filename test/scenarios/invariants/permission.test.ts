import { beforeEach, describe, expect, test } from 'vitest';
import { lambdaNamed } from '../lambdas.ts';
import { acting, minute, startsAt } from '../responder-account.ts';
import { type Rescue, rescued, rescueUnder } from './rescue.ts';

let rescue: Rescue;

beforeEach(async () => {
  rescue = await rescued();
});

describe('the invariants', () => {
  test('are broken by a request after the switch was thrown', () => {
    expect(rescue.breached([{ at: startsAt, value: 'stop' }])).toEqual(['I3']);
  });

  test('are broken by a request for a volume that never was, not by one for a volume that is gone since', async () => {
    rescue.account.ebs.volumes.deleteVolume(rescue.volumeId);
    expect(rescue.breached()).toEqual([]);
    rescue.volumeId = 'vol-0fffffffffffffff0';
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I4');
  });

  test('are broken by a request for a volume without consent', () => {
    rescue.account.ebs.volumes.removeTag(rescue.volumeId, 'ebs-burst:mode');
    expect(rescue.breached()).toEqual(['I4']);
  });

  test('are broken by a request for a volume of the EBS CSI driver', () => {
    rescue.account.ebs.volumes.setTag(rescue.volumeId, 'CSIVolumeName', 'pvc-0abc');
    expect(rescue.breached()).toEqual(['I4']);
  });

  test('are broken by a request for a volume that another service manages, which AWS refuses', async () => {
    const { volumes } = rescue.account.ebs;
    const managed = { volumeType: 'gp2', sizeGiB: 100, operator: 'eks.amazonaws.com' } as const;
    rescue.volumeId = volumes.createVolume({ ...managed, tags: { 'ebs-burst:mode': 'act' } }).id;
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I4');
  });

  test('are broken by a request of a deployment that may only tell, not by its telling', async () => {
    rescue = await rescueUnder({ ...acting, mode: 'notify' });
    expect(rescue.breached()).toEqual([]);
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I11');
  });

  test('are broken by a request of a deployment whose selector is empty, not of one that selects by a single value', () => {
    const { functions } = rescue.account;
    const name = lambdaNamed(rescue, 'respond');
    const { environment } = functions.definition(name);
    const policy = JSON.parse(environment?.['POLICY'] ?? '') as { readonly act: object };
    const select = (values: readonly string[]): void => {
      const POLICY = JSON.stringify({ ...policy, act: { ...policy.act, values } });
      functions.reconfigure(name, { environment: { ...environment, POLICY } });
    };
    select(['act']);
    expect(rescue.breached()).toEqual([]);
    select([]);
    expect(rescue.breached()).toEqual(['I4', 'I11']);
  });
});

describe('the run that asks', () => {
  beforeEach(() => rescue.account.simulation.runFor(70 * minute));

  test('has read the switch itself within 30 seconds, however freshly another has', async () => {
    await rescue.readSwitch('run-1');
    await rescue.account.simulation.runFor(40_000);
    await rescue.readSwitch('run-2');
    await rescue.askAnyhow({ VolumeType: 'gp2' }, 'run-2');
    expect(rescue.breached()).toEqual(['I6']);
    await rescue.askAnyhow({ VolumeType: 'gp2' }, 'run-1');
    expect(rescue.breached()).toContain('I12');
  });

  test('has read itself that the switch says run, whatever another has read since', async () => {
    const { simulation } = rescue.account;
    const turns = [
      { at: simulation.now, value: 'stop' },
      { at: simulation.now + 2_000, value: 'run' },
    ];
    await simulation.runFor(1_000);
    await rescue.readSwitch('run-1');
    await simulation.runFor(2_000);
    await rescue.readSwitch('run-2');
    await rescue.askAnyhow({ VolumeType: 'gp2' }, 'run-2');
    expect(rescue.breached(turns)).toEqual(['I6']);
    await rescue.askAnyhow({ VolumeType: 'gp2' }, 'run-1');
    expect(rescue.breached(turns)).toContain('I3');
  });
});
