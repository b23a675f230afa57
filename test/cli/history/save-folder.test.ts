import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unfinishedFile } from '../../../cli/history/atomic-file.ts';
import { claimFolder } from '../../../cli/history/save-folder.ts';
import { savedHistory } from '../../../cli/history/save-recording.ts';
import { before, days } from '../../../core/domain/units.ts';
import { noon } from '../../domain/some-volume.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const wanted = { source: 'aws' as const, account: '123456789012', days: 14, regions: ['us-east-1'] };
const manifest = async () => JSON.parse(await readFile(join(folder, 'histories.json'), 'utf8'));

test('a new folder is made, and remembers what was asked for', async () => {
  folder = join(folder, 'new');
  await claimFolder(folder, wanted);
  expect(await manifest()).toEqual({ format: 'ebs-burst histories', version: 1, ...wanted });
});

test('Regions are added, and none is forgotten', async () => {
  await claimFolder(folder, { ...wanted, regions: ['us-east-1', 'eu-west-1'] });
  await claimFolder(folder, { ...wanted, regions: ['sa-east-1'] });
  expect((await manifest()).regions).toEqual(['eu-west-1', 'sa-east-1', 'us-east-1']);
});

test('another account or other days are refused, and nothing is written', async () => {
  await claimFolder(folder, wanted);
  const before = await manifest();
  await expect(claimFolder(folder, { ...wanted, account: '999999999999' })).rejects.toThrow(
    `${folder}: holds the history of 123456789012, expected 999999999999; choose another folder for --save`,
  );
  await expect(claimFolder(folder, { ...wanted, days: 2, regions: ['eu-west-1'] })).rejects.toThrow(
    `${folder}: holds 14 days, got --days 2; ask for --days 14, or choose another folder for --save`,
  );
  expect(await manifest()).toEqual(before);
});

test('a folder with files that are not ours is left as it is', async () => {
  for (const name of ['a.txt', 'b.txt', 'c.txt']) await writeFile(join(folder, name), 'mine');
  await mkdir(join(folder, 'photos'));
  await expect(claimFolder(folder, wanted)).rejects.toThrow(
    `${folder}: got a folder with files that are not ours (a.txt, b.txt, c.txt and 1 more), expected a new or empty one, or one that ebs-burst assess --save wrote; choose another folder for --save`,
  );
  await expect(manifest()).rejects.toThrow('ENOENT');
});

test('a manifest of somebody else is not overwritten', async () => {
  await writeFile(join(folder, 'histories.json'), '{"chapters":3}');
  await expect(claimFolder(folder, wanted)).rejects.toThrow('histories.json: not a file of a saved history');
  expect(await manifest()).toEqual({ chapters: 3 });
});

test('Regions that stand there without a manifest are ours', async () => {
  const region = { source: 'aws' as const, account: '123456789012', region: 'us-east-1', days: 14 };
  const walk = {
    from: before(noon, days(14)),
    until: noon,
    volumes: [],
    cannotRunOut: 0,
    unjudgeable: [],
    calls: 1,
  };
  await savedHistory(join(folder, 'us-east-1'), region, () => noon).begin(walk);
  const inside = join(folder, 'us-east-1');
  await expect(claimFolder(inside, wanted)).rejects.toThrow(
    `${inside}: holds the history of one Region (us-east-1), expected a folder above Regions; name ${folder}`,
  );
  await claimFolder(folder, wanted);
  expect((await manifest()).regions).toEqual(['us-east-1']);
});

test('what a crash left of the manifest does not keep us out', async () => {
  await writeFile(join(folder, 'histories.json.1.unfinished'), '{');
  await claimFolder(folder, wanted);
  expect((await manifest()).account).toBe('123456789012');
});

test('a file is no folder', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(claimFolder(join(folder, 'file'), wanted)).rejects.toThrow(
    'got: a file where a folder should be; choose another place',
  );
});

test.runIf(process.platform === 'linux')('says that the disk is full', async () => {
  await symlink('/dev/full', unfinishedFile(join(folder, 'histories.json')));
  await expect(claimFolder(folder, wanted)).rejects.toThrow(
    `${join(folder, 'histories.json')}: writing it failed, got: the disk is full; free some space, or choose another place`,
  );
});
