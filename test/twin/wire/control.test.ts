import { DescribeVolumesCommand, EC2Client, ModifyVolumeCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { START, served } from './served.ts';

const asked = async (url: string, method: string, body?: object | string) => {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const reply = await fetch(url, { method, ...(text !== undefined && { body: text }) });
  return [reply.status, (await reply.json()) as object] as const;
};

describe('time', () => {
  test('stands where the account began, and moves by hand', async () => {
    const { url } = await served();
    expect(await asked(`${url}/_twin`, 'GET')).toMatchObject([
      200,
      { now: '2026-11-22T10:00:00.000Z', speed: 0 },
    ]);
    expect(await asked(`${url}/_twin/time`, 'POST', { advanceSeconds: 90 })).toMatchObject([
      200,
      { now: '2026-11-22T10:01:30.000Z' },
    ]);
  });

  test('follows the clock at the speed that was set', async () => {
    let now = 0;
    const { url } = await served(1, () => now);
    await asked(`${url}/_twin/time`, 'POST', { speed: 60 });
    now = 2_000;
    expect(await asked(`${url}/_twin`, 'GET')).toMatchObject([
      200,
      { now: '2026-11-22T10:02:00.000Z', speed: 60 },
    ]);
  });
});

describe('a defect of the twin while nobody calls', () => {
  test('is told to the next who does, once, and ends nothing', async () => {
    let now = 0;
    const { account, url } = await served(1, () => now);
    account.simulation.after(10, () => {
      throw new TypeError('broken');
    });
    now = 20;
    await expect.poll(() => account.simulation.now - START).toBe(10);
    const reply = await fetch(`${url}/_twin`);
    expect([reply.status, await reply.text()]).toEqual([500, expect.stringContaining('TypeError: broken')]);
    expect(await asked(`${url}/_twin`, 'GET')).toMatchObject([200, { now: '2026-11-22T10:00:00.020Z' }]);
  });
});

describe('volumes', () => {
  test('are created attached, empty their bucket under load and show it', async () => {
    const { url } = await served();
    const [, { id }] = (await asked(`${url}/_twin/volumes`, 'POST', { type: 'gp2', sizeGiB: 20 })) as [
      number,
      { readonly id: string },
    ];
    await asked(`${url}/_twin/volumes/${id}/load`, 'PUT', { iops: 3_000 });
    await asked(`${url}/_twin/time`, 'POST', { advanceSeconds: 1_800 });
    // 5.4 million credits, 2,900 a second more than the baseline of 100 earns.
    const left = 100 - (100 * 1_800 * 2_900) / 5_400_000;
    expect(await asked(`${url}/_twin/volumes`, 'GET')).toEqual([
      200,
      [{ id, volumeType: 'gp2', sizeGiB: 20, burstBalancePercent: expect.closeTo(left, 6) }],
    ]);
  });

  test('are not created by a wrong body, which is told what is wrong with it', async () => {
    const { account, url } = await served();
    expect(await asked(`${url}/_twin/volumes`, 'POST', { type: 'gp9', sizeGiB: 20 })).toEqual([
      400,
      { error: 'type: got "gp9", expected ("gp2" | "gp3" | "io1" | "io2" | "st1" | "sc1" | "standard")' },
    ]);
    expect(await asked(`${url}/_twin/volumes`, 'POST', '{"type"')).toEqual([
      400,
      { error: String.raw`body: got "{\"type\"", expected JSON` },
    ]);
    expect(account.ebs.volumes.volumes).toEqual([]);
  });

  test('that there are not have no load', async () => {
    const { url } = await served();
    expect(await asked(`${url}/_twin/volumes/vol-0/load`, 'PUT', { iops: 1 })).toEqual([
      400,
      { error: "The volume 'vol-0' does not exist." },
    ]);
  });
});

describe('faults', () => {
  const refusal = {
    operation: 'DescribeVolumes',
    error: { code: 'Unavailable', message: 'not now', status: 503 },
  };

  test('strike as often as they were asked to, and then no more', async () => {
    const { config, url } = await served();
    await asked(`${url}/_twin/faults`, 'POST', refusal);
    const ec2 = new EC2Client(config);
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({
      name: 'Unavailable',
      message: 'not now',
      $fault: 'server',
      $metadata: { httpStatusCode: 503 },
    });
    await expect(ec2.send(new DescribeVolumesCommand({}))).resolves.toMatchObject({ Volumes: [] });
  });

  test('have codes that an answer can carry', async () => {
    const { url } = await served();
    const fault = { operation: 'DescribeVolumes', error: { code: 'not\na code' } };
    const [status, { error }] = (await asked(`${url}/_twin/faults`, 'POST', fault)) as [
      number,
      { error: string },
    ];
    expect([status, error]).toEqual([400, 'error.code: got "not\na code", expected /^[\\w.]+$/']);
  });

  test('do not strike when they were forgotten', async () => {
    const { config, url } = await served();
    await asked(`${url}/_twin/faults`, 'POST', refusal);
    await asked(`${url}/_twin/faults`, 'DELETE');
    await expect(new EC2Client(config).send(new DescribeVolumesCommand({}))).resolves.toMatchObject({
      Volumes: [],
    });
  });

  test('may cut the connection after the call has taken effect', async () => {
    const { account, config, url } = await served();
    const { id } = account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 20 });
    await asked(`${url}/_twin/faults`, 'POST', { operation: 'ModifyVolume', when: 'after' });
    const modify = new ModifyVolumeCommand({ VolumeId: id, VolumeType: 'gp3' });
    await expect(new EC2Client(config).send(modify)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(account.ebs.volumes.volume(id).lastModification?.state).toBe('modifying');
  });
});

describe('calls', () => {
  test('are listed with who made them, until they are forgotten', async () => {
    const { config, url } = await served();
    await new EC2Client(config).send(new DescribeVolumesCommand({ MaxResults: 5 }));
    expect(await asked(`${url}/_twin/calls`, 'GET')).toMatchObject([
      200,
      [{ service: 'EC2', operation: 'DescribeVolumes', principal: 'anna', input: { MaxResults: 5 } }],
    ]);
    await asked(`${url}/_twin/calls`, 'DELETE');
    expect(await asked(`${url}/_twin/calls`, 'GET')).toEqual([200, []]);
  });
});

test('a path that there is not names those that there are', async () => {
  const { url } = await served();
  const [status, reply] = await asked(`${url}/_twin/tiem`, 'POST', {});
  expect([status, reply]).toEqual([
    404,
    {
      error: expect.stringMatching(
        /^got POST \/_twin\/tiem, expected one of GET \/_twin, POST \/_twin\/time, /,
      ),
    },
  ]);
});
