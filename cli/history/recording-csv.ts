import type { Recording } from '../../core/domain/history/recording.ts';
import { type Reading, read, type Sample, type Series, unread } from '../../core/domain/reading.ts';
import { after, type Duration, gibibytes, type Instant, instant, minutes } from '../../core/domain/units.ts';
import type { BurstableType, Volume } from '../../core/domain/volume.ts';
import { FileError } from './atomic-file.ts';

/** What a CSV cannot say in its columns. */
export interface CsvVolume {
  readonly type: BurstableType;
  readonly sizeGiB: number;
}

const columns = ['time', 'balance', 'iops', 'mibs'] as const;
type Column = (typeof columns)[number];

const example = `a first line "# gp2 100 GiB", then "time,balance,iops,mibs" (the last two as you have them) and a line for each sample`;

/**
 * One volume's history from a table: `time` is ISO or seconds since the epoch, `balance` per cent, `iops` and `mibs`
 * averages per second; an empty cell is a sample that is missing. A first line `# gp2 100 GiB` says what it is of.
 * @throws FileError that names the line
 */
export function recordingFromCsv(path: string, text: string, given?: CsvVolume): Recording {
  const lines = text.split(/\r?\n/).map((line, index) => ({ number: index + 1, text: line.trim() }));
  const comment = lines.filter((line) => line.text.startsWith('#')).map((line) => line.text);
  const [header, ...rows] = lines.filter((line) => line.text !== '' && !line.text.startsWith('#'));
  const about = given ?? volumeIn(comment.join(' '));
  if (about === undefined)
    throw new FileError(`${path}: does not say which volume it is of, expected ${example}`);
  const places = placesIn(path, header?.text ?? '');
  const table = rows.map((row) => cellsOf(path, row, places));
  const [first, last] = [table[0], table.at(-1)];
  if (first === undefined || last === undefined)
    throw new FileError(`${path}: holds no sample, expected ${example}`);
  const until = after(last.at, minutes(5));
  const series = (column: Exclude<Column, 'time'>) => seriesIn(column, table, places, until);
  return {
    account: 'unknown account',
    region: 'us-east-1',
    from: first.at,
    until,
    volumes: [
      {
        volume: volumeOf(about, first.at),
        balance: series('balance'),
        iops: series('iops'),
        throughput: series('mibs'),
      },
    ],
  };
}

function volumeIn(comment: string): CsvVolume | undefined {
  const [, type, size] = /\b(gp2|st1|sc1)\s+(\d+)\s*GiB\b/.exec(comment) ?? [];
  if (type !== 'gp2' && type !== 'st1' && type !== 'sc1') return undefined;
  return { type, sizeGiB: Number(size) };
}

type Places = ReadonlyMap<Column, number>;

function placesIn(path: string, header: string): Places {
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !columns.some((column) => column === name));
  const places = new Map(
    columns.flatMap((column) => (names.includes(column) ? [[column, names.indexOf(column)] as const] : [])),
  );
  if (unknown === undefined && places.has('time') && places.has('balance')) return places;
  throw new FileError(`${path}: got the columns "${header}", expected ${example}`);
}

interface Row {
  readonly at: Instant;
  readonly cells: readonly (number | undefined)[];
}

function cellsOf(path: string, { number, text }: { number: number; text: string }, places: Places): Row {
  const cells = text.split(',').map((cell) => cell.trim());
  const time = cells[places.get('time') ?? 0] ?? '';
  const at = /^\d+(\.\d+)?$/.test(time) ? Number(time) * 1_000 : Date.parse(time);
  if (Number.isNaN(at)) {
    throw new FileError(
      `${path} line ${number}: got the time "${time}", expected ISO (2026-03-02T08:00:00Z) or seconds since 1970`,
    );
  }
  const values = cells.map((cell, index) => {
    if (cell === '' || index === places.get('time')) return undefined;
    if (Number.isFinite(Number(cell)) && Number(cell) >= 0) return Number(cell);
    throw new FileError(`${path} line ${number}: got "${cell}", expected a number of at least 0`);
  });
  return { at: instant(at), cells: values };
}

function seriesIn(
  column: Exclude<Column, 'time'>,
  rows: readonly Row[],
  places: Places,
  readAt: Instant,
): Reading<Series> {
  const place = places.get(column);
  if (place === undefined) return unread(`the table has no column ${column}`);
  const samples = rows
    .flatMap(({ at, cells }) => {
      const value = cells[place];
      return value === undefined ? [] : [{ at, value }];
    })
    .toSorted((a, b) => a.at - b.at);
  const distances = samples.slice(1).map(({ at }, index) => at - (samples[index]?.at ?? at));
  const period = Math.min(minutes(5), ...distances.filter((distance) => distance > 0)) as Duration;
  return read(
    samples.map(({ at, value }): Sample => ({ at, period, value })),
    readAt,
  );
}

/** Attached all the time: the table shows it in use. */
const volumeOf = ({ type, sizeGiB }: CsvVolume, createdAt: Instant): Volume => ({
  id: 'vol-00000000000000000',
  size: gibibytes(sizeGiB),
  configuration: { type },
  zone: 'us-east-1a',
  createdAt,
  attachment: { kind: 'attached', instanceIds: [], since: createdAt },
  device: undefined,
  multiAttach: false,
  operator: undefined,
  tags: {},
});
