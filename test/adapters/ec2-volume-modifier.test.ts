import { describe, expect, test } from 'vitest';
import { instant, iops, mebibytesPerSecond, minutes, seconds } from '../../core/domain/units.ts';
import { ec2VolumeModifier, modifierClientConfig } from '../../lambda/adapters/ec2-volume-modifier.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest, volumeId } from './account-under-test.ts';

const parameter = '/ebs-burst/switch';
const gp3 = { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(128) } as const;

function modifierUnderTest() {
  const world = accountUnderTest();
  world.account.parameters.put(parameter, 'run');
  const id = volumeId(world.account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 }).id);
  const clients = { modifying: world.modifying, tagging: world.ec2, ssm: world.ssm };
  return { ...world, id, modifier: ec2VolumeModifier(clients, parameter, world.now) };
}

const permitAt = (readAt: number) => ({ kind: 'run', readAt: instant(readAt) }) as const;

describe('readSwitch', () => {
  test('permits on "run" and reads anew each time', async () => {
    const { modifier, account, now } = modifierUnderTest();
    expect(await modifier.readSwitch()).toEqual({ kind: 'run', readAt: now() });
    account.parameters.put(parameter, 'stop');
    expect(await modifier.readSwitch()).toEqual({
      kind: 'stop',
      refusal: { code: 'switched-off', got: 'stop' },
    });
  });

  test.each(['RUN', ' run', '', 'yes'])('does not take "%s" for run', async (value) => {
    const { modifier, account } = modifierUnderTest();
    account.parameters.put(parameter, value);
    expect(await modifier.readSwitch()).toMatchObject({ kind: 'stop', refusal: { got: value } });
  });

  test('stops where the switch is missing or unreadable', async () => {
    const { modifier, account } = modifierUnderTest();
    account.endpoint.fail({ service: 'SSM' }, new ServiceError('AccessDeniedException', 'no'));
    expect(await modifier.readSwitch()).toMatchObject({
      refusal: { got: 'unreadable: AccessDeniedException' },
    });
    account.parameters.delete(parameter);
    expect(await modifier.readSwitch()).toMatchObject({ refusal: { got: 'unreadable: ParameterNotFound' } });
  });
});

describe('modify', () => {
  test('answers when AWS began', async () => {
    const { modifier, id, now } = modifierUnderTest();
    expect(await modifier.modify(permitAt(now()), id, gp3)).toEqual({
      kind: 'accepted',
      at: now(),
      requestId: expect.stringMatching(/^0{8}-/),
    });
  });

  test.each([
    [gp3, { VolumeType: 'gp3', Iops: 3000, Throughput: 128 }],
    [
      { type: 'io2', iops: iops(1_000) },
      { VolumeType: 'io2', Iops: 1000 },
    ],
    [
      { type: 'io1', iops: iops(1_000) },
      { VolumeType: 'io1', Iops: 1000 },
    ],
    [{ type: 'gp2' }, { VolumeType: 'gp2' }],
    [{ type: 'st1' }, { VolumeType: 'st1' }],
  ] as const)('sends for %o all that the type takes and no other', async (to, parameters) => {
    const { modifier, id, now, calls } = modifierUnderTest();
    await modifier.modify(permitAt(now()), id, to);
    expect(calls('ModifyVolume').map(({ input }) => input)).toEqual([{ VolumeId: id, ...parameters }]);
  });

  test('acts on a permit of 30 seconds', async () => {
    const { modifier, id, now, wait } = modifierUnderTest();
    const readAt = now();
    await wait(seconds(30));
    expect(await modifier.modify(permitAt(readAt), id, gp3)).toMatchObject({ kind: 'accepted' });
  });

  test('does not act on an older one, whatever the switch says by now: the plan is as old', async () => {
    const { modifier, id, now, wait, calls } = modifierUnderTest();
    const readAt = now();
    await wait(minutes(20));
    expect(await modifier.modify(permitAt(readAt), id, gp3)).toEqual({
      kind: 'unknown',
      why: 'not asked: the switch was read 1200 s ago, expected at most 30 s',
    });
    expect(calls('GetParameter')).toEqual([]);
    expect(calls('ModifyVolume')).toEqual([]);
  });

  test("gives AWS's refusal with its words and request id", async () => {
    const { modifier, id, now } = modifierUnderTest();
    await modifier.modify(permitAt(now()), id, gp3);
    expect(await modifier.modify(permitAt(now()), id, gp3)).toEqual({
      kind: 'refused',
      refusal: { code: 'aws-modification-in-flight' },
      message: expect.stringContaining('cannot be modified in modification state'),
      requestId: expect.any(String),
    });
  });

  test('does not know what became of a call whose reply was lost', async () => {
    const { modifier, id, now, account, calls } = modifierUnderTest();
    const lost = Object.assign(new Error('no reply within 10 s'), { name: 'TimeoutError' });
    account.endpoint.afterAcceptance({ operation: 'ModifyVolume' }, lost);
    expect(await modifier.modify(permitAt(now()), id, gp3)).toEqual({
      kind: 'unknown',
      why: 'TimeoutError: no reply within 10 s',
    });
    expect(calls('ModifyVolume')).toHaveLength(1);
  });

  test('is asked through a client that never retries', () => {
    expect(modifierClientConfig.maxAttempts).toBe(1);
  });
});

describe('the state tags', () => {
  test('say which case, what it was and since when, and go away again without touching others', async () => {
    const { modifier, id, now, account } = modifierUnderTest();
    account.ebs.volumes.setTag(id, 'ebs-burst:mode', 'act');
    const was = { type: 'gp3', iops: iops(4_000), throughput: mebibytesPerSecond(125) } as const;
    await modifier.markState(id, { caseId: 'EB-1', version: 3, was, at: now() });
    const { tags } = account.ebs.volumes.volume(id);
    expect(Object.fromEntries(tags)).toEqual({
      'ebs-burst:mode': 'act',
      'ebs-burst:state': 'EB-1#3',
      'ebs-burst:state-was': 'gp3 iops=4000 throughput=125',
      'ebs-burst:state-at': '2026-11-22T10:00:00.000Z',
    });
    await modifier.clearState(id);
    expect(Object.fromEntries(account.ebs.volumes.volume(id).tags)).toEqual({ 'ebs-burst:mode': 'act' });
  });
});
