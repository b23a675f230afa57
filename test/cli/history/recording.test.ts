import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileError, writeWhole } from '../../../cli/history/atomic-file.ts';
import { loadRecording, loadRecordings } from '../../../cli/history/load-recording.ts';
import { savedHistory } from '../../../cli/history/save-recording.ts';
import { seriesIn, seriesText } from '../../../cli/history/series-text.ts';
import { read, type Series, unread } from '../../../core/domain/reading.ts';
import { before, days, hours, instant, after as later, minutes } from '../../../core/domain/units.ts';
import { noon, someVolume } from '../../domain/some-volume.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});
afterEach(() => rm(folder, { recursive: true }));

const place = { account: '123456789012', region: 'us-east-1' };
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

const storeAt = (path = folder, now = noon) => savedHistory(path, place, () => now);

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
      ...place,
      from: walk.from,
      until: walk.until,
      volumes: [kept.recorded],
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
    await savedHistory(join(folder, 'eu-west-1'), { ...place, region: 'eu-west-1' }, () => noon).begin(walk);
    expect((await loadRecordings(folder)).map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
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
    const other = savedHistory(folder, { ...place, account: '999999999999' }, () => noon);
    await expect(other.begun()).rejects.toThrow(
      `${folder}: holds the history of 123456789012 in us-east-1, expected 999999999999 in us-east-1; choose another folder for --save`,
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
        `^${path}: not a file of a saved history .*; remove it, and it is read from CloudWatch again$`,
      ),
    );
    await expect(loadRecording(folder)).rejects.toThrow(/restore it, or record the history anew/);
    expect(await readFile(path, 'utf8')).toBe('{"version":1,');
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

  test.runIf(process.platform === 'linux')('says that the disk is full', async () => {
    const path = join(folder, 'report.html');
    await symlink('/dev/full', `${path}.unfinished`);
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

describe('a table of one volume', () => {
  const load = async (text: string) => {
    await writeFile(join(folder, 'one.csv'), text);
    return loadRecording(join(folder, 'one.csv'));
  };

  test('is a recording of the volume that its first line names', async () => {
    const recording = await load(
      '# st1 500 GiB\ntime,balance,iops,mibs\n2026-03-02T08:00:00Z,100,12,50\n2026-03-02T08:05:00Z,99.5,,51\n',
    );
    const from = instant(Date.UTC(2026, 2, 2, 8));
    const [only] = recording.volumes;
    expect(recording).toMatchObject({ from, until: later(from, minutes(10)) });
    expect(only?.volume).toMatchObject({ size: 500, configuration: { type: 'st1' } });
    expect(only?.balance).toMatchObject({ value: [{ value: 100, period: minutes(5) }, { value: 99.5 }] });
    expect(only?.iops).toMatchObject({ value: [{ at: from, value: 12 }] });
  });

  test('may lack what was not measured, and count seconds', async () => {
    const { volumes, from } = await load('# gp2 100 GiB\ntime,balance\n1772438400,100\n1772438460,99\n');
    expect(from).toBe(1_772_438_400_000);
    expect(volumes[0]?.iops).toEqual(unread('the table has no column iops'));
    expect(volumes[0]?.balance).toMatchObject({ value: [{ period: minutes(1) }, {}] });
  });

  test.each([
    ['time,balance\n1,2\n', 'does not say which volume it is of'],
    ['# gp2 100 GiB\ntime,burst\n1,2\n', 'got the columns "time,burst"'],
    ['# gp2 100 GiB\ntime,balance\n', 'holds no sample'],
    ['# gp2 100 GiB\ntime,balance\nyesterday,2\n', 'line 3: got the time "yesterday"'],
    ['# gp2 100 GiB\ntime,balance\n1,full\n', 'line 3: got "full", expected a number of at least 0'],
  ])('is not taken when it says %j', async (text, fault) => {
    await expect(load(text)).rejects.toThrow(fault);
  });
});
