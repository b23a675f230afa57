import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileError, fileError, unfinishedFile, writeWhole } from '../../../cli/history/atomic-file.ts';
import { loadRecording, loadRecordings } from '../../../cli/history/load-recording.ts';
import { savedHistory } from '../../../cli/history/save-recording.ts';
import { seriesIn, seriesText } from '../../../cli/history/series-text.ts';
import { read, type Series, unread } from '../../../core/domain/reading.ts';
import { before, days, hours, after as later, minutes } from '../../../core/domain/units.ts';
import { noon, someVolume } from '../../domain/some-volume.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});
afterEach(() => rm(folder, { recursive: true }));

const wanted = { source: 'aws' as const, account: '123456789012', region: 'us-east-1', days: 14 };
const volume = someVolume({ device: undefined, tags: { Name: 'orders' } });
const walk = {
  from: before(noon, days(14)),
  until: noon,
  volumes: [volume],
  cannotRunOut: 3,
  unjudgeable: [],
  calls: 1,
};
const series: Series = [0, 1, 2, 7].map((index) => ({
  at: later(noon, minutes(index)),
  period: minutes(1),
  value: index / 4,
}));
const kept = {
  stage: 'whole',
  recorded: {
    volume,
    balance: read(series, noon),
    iops: read(series, noon),
    throughput: unread('not asked'),
  },
} as const;

const storeAt = (path = folder, now = noon) => savedHistory(path, wanted, () => now);

async function saved(): Promise<void> {
  const store = storeAt();
  await store.begin(walk);
  await store.keep(kept);
}

describe('a saved history', () => {
  test('gives back what was kept, volume by volume', async () => {
    await saved();
    expect(await storeAt().begun()).toMatchObject(walk);
    expect(await storeAt().kept(volume)).toEqual(kept);
  });

  test('loads as a recording', async () => {
    await saved();
    expect(await loadRecording(folder)).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      from: walk.from,
      until: walk.until,
      volumes: [kept.recorded],
      unrecorded: [],
      missing: [],
    });
  });

  test('has nothing of a volume that was not read, and leaves out what published nothing', async () => {
    const store = storeAt();
    await store.begin({ ...walk, volumes: [volume, someVolume({ id: 'vol-0aaaaaaaaaaaaaaaa' })] });
    expect(await store.kept(volume)).toBeUndefined();
    await store.keep({ ...kept, stage: 'silent' });
    expect((await loadRecording(folder)).volumes).toEqual([]);
  });

  test('is not begun where there is none', async () => {
    expect(await storeAt(join(folder, 'new')).begun()).toBeUndefined();
  });

  test('holds one folder for each Region', async () => {
    await storeAt(join(folder, 'us-east-1')).begin(walk);
    await savedHistory(join(folder, 'eu-west-1'), { ...wanted, region: 'eu-west-1' }, () => noon).begin(walk);
    const { recordings } = await loadRecordings(folder);
    expect(recordings.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    await expect(loadRecording(folder)).rejects.toThrow(
      `${folder}: got the histories of eu-west-1, us-east-1, expected one; name the folder of one Region`,
    );
  });

  test('leaves no unfinished file behind', async () => {
    await saved();
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
      'index.json',
      'volumes',
      `volumes/${volume.id}.json`,
    ]);
  });

  test('does not mix two accounts', async () => {
    await saved();
    const other = savedHistory(folder, { ...wanted, account: '999999999999' }, () => noon);
    await expect(other.begun()).rejects.toThrow(
      `${folder}: holds the history of 123456789012 in us-east-1, expected 999999999999 in us-east-1; choose another folder for --save`,
    );
  });

  test('answers no request for other days', async () => {
    await saved();
    await expect(savedHistory(folder, { ...wanted, days: 7 }, () => noon).begun()).rejects.toThrow(
      `${folder}: holds 14 days, got --days 7; ask for --days 14, or choose another folder for --save`,
    );
  });

  test('goes on only while CloudWatch still has the minutes that are missing', async () => {
    await storeAt().begin(walk);
    expect(await storeAt(folder, later(noon, hours(20))).begun()).toBeDefined();
    await expect(storeAt(folder, later(noon, days(2))).begun()).rejects.toThrow(
      /CloudWatch no longer has the minutes that are missing in it; choose another folder for --save/,
    );
    await storeAt().keep(kept);
    expect(await storeAt(folder, later(noon, days(2))).begun()).toBeDefined();
  });

  test('says which file is broken and what to do, and leaves it as it is', async () => {
    await saved();
    const path = join(folder, 'volumes', `${volume.id}.json`);
    await writeFile(path, '{"version":1,');
    await expect(storeAt().kept(volume)).rejects.toThrow(
      new RegExp(
        `^${path}: not a file of a saved history \\(its JSON: cut off or damaged\\); remove it, and it is read from CloudWatch again$`,
      ),
    );
    await expect(loadRecording(folder)).rejects.toThrow(/restore it, or record the history anew/);
    expect(await readFile(path, 'utf8')).toBe('{"version":1,');
  });

  test('does not take the file of another volume for its own', async () => {
    await saved();
    const path = join(folder, 'volumes', `${volume.id}.json`);
    const other = (await readFile(path, 'utf8')).replace(`"id":"${volume.id}"`, '"id":"vol-0000000b"');
    await writeFile(path, other);
    const fault = `${path}: holds vol-0000000b, expected ${volume.id}; `;
    await expect(storeAt().kept(volume)).rejects.toThrow(
      `${fault}remove it, and it is read from CloudWatch again`,
    );
    await expect(loadRecording(folder)).rejects.toThrow(`${fault}restore it`);
  });

  test('still takes one that was written before demos had a word for themselves', async () => {
    await saved();
    const path = join(folder, 'index.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"source":"aws",', ''));
    expect(await storeAt().begun()).toMatchObject({ source: 'aws', ...walk });
  });

  test('does not take another folder for one', async () => {
    await expect(loadRecording(folder)).rejects.toThrow(
      `${folder}: got a folder without index.json, expected one that ebs-burst assess --save wrote; name that, or a CSV`,
    );
  });
});

describe('writing a file', () => {
  test('keeps the old one where the new one cannot be written', async () => {
    const path = join(folder, 'report.html');
    await writeFile(path, 'old');
    await writeFile(join(folder, 'file'), '');
    await expect(writeWhole(join(folder, 'file', 'report.html'), 'new')).rejects.toThrow(FileError);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('does not touch what another run has not finished', async () => {
    const path = join(folder, 'report.html');
    const theirs = unfinishedFile(path).replace(String(process.pid), String(process.pid + 1));
    await writeFile(theirs, 'theirs, half');
    await writeWhole(path, 'ours');
    expect(await readFile(path, 'utf8')).toBe('ours');
    expect(await readFile(theirs, 'utf8')).toBe('theirs, half');
  });

  test('makes the folders above it, and takes those that are there', async () => {
    const path = join(folder, 'a', 'b', 'report.html');
    await writeWhole(path, 'old');
    await writeWhole(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['report.html']);
  });

  test.runIf(process.platform === 'linux')('does not try for ever where no folder can be made', async () => {
    await expect(writeWhole('/proc/history/us-east-1/index.json', '{}')).rejects.toThrow(
      '/proc/history/us-east-1/index.json: writing it failed, got: no such file or folder; check the path',
    );
  });

  test.each([
    ['EACCES', 'no permission; allow it, or choose another place'],
    ['EPERM', 'no permission; allow it, or choose another place'],
    ['EROFS', 'a disk that cannot be written; choose another place'],
    ['EDQUOT', 'the quota of this disk is used up; free some space, or choose another place'],
    ['EIO', 'EIO; choose another place'],
  ])('says what to do where the system says %s', (code, words) => {
    const { message } = fileError('a/b', Object.assign(new Error('failed'), { code }), 'writing it');
    expect(message).toBe(`a/b: writing it failed, got: ${words}`);
  });

  test.runIf(process.platform === 'linux')('says that the disk is full', async () => {
    const path = join(folder, 'report.html');
    await symlink('/dev/full', unfinishedFile(path));
    await expect(writeWhole(path, 'new')).rejects.toThrow(
      `${path}: writing it failed, got: the disk is full; free some space, or choose another place`,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

const value = fc.double({ min: 0, max: 1e6, noNaN: true });
const gap = fc.constantFrom(1, 1, 1, 5, 60);

property.prop([fc.array(fc.record({ gap, value }), { maxLength: 40 })])(
  'a series comes back as it was written, gaps included',
  (steps) => {
    let minute = 0;
    const written = steps.map((step) => {
      minute += step.gap;
      return { at: later(noon, minutes(minute)), period: minutes(step.gap === 5 ? 5 : 1), value: step.value };
    });
    const text = JSON.parse(JSON.stringify(seriesText(read(written, noon))));
    expect(seriesIn(text)).toEqual(read(written, noon));
  },
);

test('an unread series keeps its reason', () => {
  expect(seriesIn(seriesText(unread('because')))).toEqual(unread('because'));
});
