import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRecording, loadRecordings } from '../../../cli/history/load-recording.ts';
import { claimFolder } from '../../../cli/history/save-folder.ts';
import { savedHistory, type Wanted } from '../../../cli/history/save-recording.ts';
import type { Stage } from '../../../core/application/assess/history-ports.ts';
import { type Reading, read, type Series, unread } from '../../../core/domain/reading.ts';
import { before, days, minutes } from '../../../core/domain/units.ts';
import type { VolumeId } from '../../../core/domain/volume.ts';
import { noon, someVolume } from '../../domain/some-volume.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'incomplete-'));
});
afterEach(() => rm(folder, { recursive: true }));

const ids: readonly VolumeId[] = [
  'vol-0000000a',
  'vol-0000000b',
  'vol-0000000c',
  'vol-0000000d',
  'vol-0000000e',
  'vol-0000000f',
];
const balance = read<Series>([{ at: before(noon, minutes(5)), period: minutes(5), value: 50 }], noon);
const notYet = unread('its detail was not read yet');

/** A Region that was begun, with so much kept of each volume. */
async function region(
  name: string,
  kept: Readonly<Record<VolumeId, readonly [Stage, Reading<Series>]>>,
  { as = name, ...whose }: Partial<Wanted> & { readonly as?: string } = {},
): Promise<void> {
  const store = savedHistory(
    join(folder, as),
    { source: 'aws', account: '123456789012', region: name, days: 14, ...whose },
    () => noon,
  );
  const walk = { from: before(noon, days(14)), until: noon, cannotRunOut: 0, unjudgeable: [], calls: 1 };
  await store.begin({ ...walk, volumes: ids.map((id) => someVolume({ id })) });
  for (const id of ids) {
    const [stage, series] = kept[id] ?? [];
    if (stage === undefined || series === undefined) continue;
    const recorded = { volume: someVolume({ id }), balance: series, iops: notYet, throughput: notYet };
    await store.keep({ stage, recorded });
  }
}

const whole = ['whole', balance] as const;
const all = Object.fromEntries(ids.map((id) => [id, whole]));
const resume = (name: string) =>
  `ebs-burst assess --save ${folder} --region ${name} --days 14 (with credentials of 123456789012)`;

test('what is missing is listed, and what is there is kept', async () => {
  await region('us-east-1', {
    'vol-0000000a': whole,
    'vol-0000000b': ['surveyed', balance],
    'vol-0000000c': ['silent', notYet],
    'vol-0000000d': ['surveyed', notYet],
  });
  const { recordings, missing } = await loadRecordings(folder);
  expect(recordings[0]?.volumes.map(({ volume }) => volume.id)).toEqual(['vol-0000000a', 'vol-0000000b']);
  expect(recordings[0]?.unrecorded?.map(({ id }) => id)).toEqual(ids.filter((id) => id > 'vol-0000000b'));
  const until = new Date(noon + 86_400_000).toISOString().slice(0, 10);
  expect(missing).toEqual([
    `of 6 volumes in us-east-1, 3 not read (vol-0000000d, vol-0000000e, vol-0000000f), 1 read by the hour only (vol-0000000b); ${resume('us-east-1')} reads them, as long as CloudWatch has these minutes: until ${until}`,
  ]);
  expect((await loadRecording(join(folder, 'us-east-1'))).missing).toEqual(missing);
  // Also for whoever stands in it.
  expect((await loadRecording(`${folder}/us-east-1/.`)).missing).toEqual(missing);
});

test('of many only some are named', async () => {
  await region('us-east-1', {});
  const { missing } = await loadRecordings(folder);
  expect(missing[0]).toContain('6 not read (vol-0000000a, vol-0000000b, vol-0000000c and 3 more); ');
});

test('a Region that was asked for and never begun is missed', async () => {
  await claimFolder(folder, {
    source: 'aws',
    account: '123456789012',
    days: 14,
    regions: ['eu-west-1', 'us-east-1'],
  });
  await expect(loadRecordings(folder)).rejects.toThrow(
    `${folder}: holds nothing yet, eu-west-1, us-east-1 were asked for and not read; ${resume('eu-west-1,us-east-1')} reads them`,
  );
  await region('us-east-1', all);
  expect(await loadRecordings(folder)).toMatchObject({
    recordings: [{ region: 'us-east-1' }],
    missing: [
      `eu-west-1 was asked for and not read; ${resume('eu-west-1')} reads it; to do without, take it out of ${join(folder, 'histories.json')}`,
    ],
  });
});

test('nothing is missing in one that was read to the end', async () => {
  await claimFolder(folder, { source: 'aws', account: '123456789012', days: 14, regions: ['us-east-1'] });
  await region('us-east-1', all);
  expect((await loadRecordings(folder)).missing).toEqual([]);
});

test('what is missing of a simulated account is simulated again, whenever', async () => {
  const demo = { source: 'demo', account: '123456789012', days: 14 } as const;
  await claimFolder(folder, { ...demo, regions: ['us-east-1'] });
  const command = `ebs-burst assess --demo --save ${folder} --days 14`;
  await expect(loadRecordings(folder)).rejects.toThrow(
    `us-east-1 was asked for and not read; ${command} reads it;`,
  );
  await region('us-east-1', { ...all, 'vol-0000000a': ['surveyed', balance] }, { source: 'demo' });
  expect((await loadRecordings(folder)).missing).toEqual([
    `of 6 volumes in us-east-1, 1 read by the hour only (vol-0000000a); ${command} reads it`,
  ]);
});

test('a Region that was copied is not counted twice', async () => {
  await region('us-east-1', all);
  await region('us-east-1', all, { as: 'us-east-1 (copy)' });
  await expect(loadRecordings(folder)).rejects.toThrow(
    `${folder}: got two folders of us-east-1, expected each Region once; move one elsewhere`,
  );
});

test('two accounts are not added up', async () => {
  await region('us-east-1', all, { account: '999999999999' });
  await region('eu-west-1', all);
  await expect(loadRecordings(folder)).rejects.toThrow(
    `${folder}: got the histories of 123456789012 (eu-west-1) and 999999999999 (us-east-1), expected those of one account; move one elsewhere`,
  );
});

test('a list of Regions that is broken is not needed for replaying them', async () => {
  await region('us-east-1', all);
  await writeFile(join(folder, 'histories.json'), '{"format":');
  await expect(loadRecordings(folder)).rejects.toThrow(
    /histories\.json: not a file of a saved history .*; restore it, or remove it to replay the Regions that are there$/,
  );
  await rm(join(folder, 'histories.json'));
  expect((await loadRecordings(folder)).missing).toEqual([]);
});
