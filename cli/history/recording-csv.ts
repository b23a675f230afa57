import type { Recording } from '../../core/domain/history/recording.ts';
import { whyUnseen } from '../../core/domain/history/unseen-hours.ts';
import { type Reading, read, type Sample, type Series, unread } from '../../core/domain/reading.ts';
import { after, type Duration, gibibytes, type Instant, minutes } from '../../core/domain/units.ts';
import type { BurstableType, Volume } from '../../core/domain/volume.ts';
import { sizes } from '../../core/domain/volume-limits.ts';
import { FileError } from './atomic-file.ts';
import { timeIn, timesExpected } from './csv-time.ts';

/** What a CSV cannot say in its columns. */
interface CsvVolume {
  readonly type: BurstableType;
  readonly sizeGiB: number;
}

const columns = ['time', 'balance', 'iops', 'mibs', 'region'] as const;
type Column = (typeof columns)[number];
type Measured = Exclude<Column, 'time' | 'region'>;

const example = `a first line "# gp2 100 GiB", then "time,balance,iops,mibs,region" (the last three as you have them) and a line for each sample`;

/**
 * One volume's history from a table: `time` with its zone, or seconds or milliseconds since the epoch, `balance` per cent,
 * `iops` and `mibs` averages per second, `region` whose prices count; an empty cell is a sample that is missing, and the
 * lines may come in any order. A first line `# gp2 100 GiB` says what it is of.
 * @throws FileError that names the line
 */
export function recordingFromCsv(path: string, text: string): Recording {
  const lines = text.split(/\r?\n/).map((line, index) => ({ number: index + 1, text: line.trim() }));
  const comment = lines.filter((line) => line.text.startsWith('#')).map((line) => line.text);
  const [header, ...rows] = lines.filter((line) => line.text !== '' && !line.text.startsWith('#'));
  const about = volumeIn(path, comment.join(' '));
  if (about === undefined)
    throw new FileError(`${path}: does not say which volume it is of, expected ${example}`);
  const places = placesIn(path, header?.text ?? '');
  const table = rows.map((row) => rowOf(path, row, places)).toSorted((a, b) => a.at - b.at);
  demandOneEach(path, table);
  const [first, last] = [table[0], table.at(-1)];
  if (first === undefined || last === undefined)
    throw new FileError(`${path}: holds no sample, expected ${example}`);
  const until = after(last.at, minutes(5));
  const window = { from: first.at, until };
  const series = (column: Measured) => seriesIn(column, table, until, places);
  const volume = volumeOf(about, first.at);
  const [balance, iops] = [series('balance'), series('iops')];
  const unseen =
    balance.kind === 'read' && iops.kind === 'read'
      ? whyUnseen(volume, balance.value, iops, window)
      : undefined;
  return {
    account: 'unknown account',
    region: regionIn(path, table),
    ...window,
    volumes: [{ volume, balance, iops, throughput: series('mibs'), unseen }],
  };
}

function volumeIn(path: string, comment: string): CsvVolume | undefined {
  const [, type, size] = /\b(gp2|st1|sc1)\s+(\d+)\s*GiB\b/.exec(comment) ?? [];
  if (type !== 'gp2' && type !== 'st1' && type !== 'sc1') return undefined;
  const { least, most } = sizes[type];
  const sizeGiB = Number(size);
  if (sizeGiB >= least && sizeGiB <= most) return { type, sizeGiB };
  throw new FileError(`${path}: got ${size} GiB of ${type}, expected ${least} to ${most}; correct it`);
}

type Places = ReadonlyMap<Column, number>;

function placesIn(path: string, header: string): Places {
  const names = cellsIn(header).map((name) => name.toLowerCase());
  const unknown = names.find((name) => !columns.some((column) => column === name));
  const places = new Map(
    columns.flatMap((column) => (names.includes(column) ? [[column, names.indexOf(column)] as const] : [])),
  );
  const isClear = unknown === undefined && new Set(names).size === names.length;
  if (isClear && places.has('time') && places.has('balance')) return places;
  throw new FileError(`${path}: got the columns "${header}", expected ${example}`);
}

interface Row {
  readonly line: number;
  readonly at: Instant;
  readonly region: string | undefined;
  readonly values: ReadonlyMap<Measured, number>;
}

function rowOf(path: string, { number, text }: { number: number; text: string }, places: Places): Row {
  const cells = cellsIn(text);
  // A comma for the decimals looks like one cell more.
  if (cells.length > places.size)
    throw new FileError(
      `${path} line ${number}: got ${cells.length} cells, expected ${places.size} as in the header; write decimals with a point`,
    );
  const cellOf = (column: Column): string => cells[places.get(column) ?? cells.length] ?? '';
  const at = timeIn(cellOf('time'));
  if (typeof at !== 'number')
    throw new FileError(
      `${path} line ${number}: the time ${at.fault} "${cellOf('time')}", expected ${timesExpected}`,
    );
  const values = (['balance', 'iops', 'mibs'] as const).flatMap((column) => {
    const cell = cellOf(column);
    if (cell === '') return [];
    const [most, expected] = ranges[column];
    if (Number(cell) >= 0 && Number(cell) <= most) return [[column, Number(cell)] as const];
    throw new FileError(`${path} line ${number}: got ${column} "${cell}", expected ${expected}`);
  });
  return { line: number, at, region: cellOf('region') || undefined, values: new Map(values) };
}

/** The largest number that may stand in a column, and what to expect there. */
const ranges: Readonly<Record<Measured, readonly [most: number, expected: string]>> = {
  balance: [100, 'per cent, a number from 0 to 100'],
  iops: [Number.MAX_VALUE, 'a number of at least 0'],
  mibs: [Number.MAX_VALUE, 'a number of at least 0'],
};

/** Some programs put every cell in quotation marks. */
const cellsIn = (line: string): readonly string[] =>
  line.split(',').map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );

/** Of two lines for one moment nobody knows which is right. */
function demandOneEach(path: string, table: readonly Row[]): void {
  for (const [index, { at, line }] of table.entries()) {
    const before = table[index - 1];
    if (before?.at !== at) continue;
    const time = new Date(at).toISOString();
    throw new FileError(
      `${path} lines ${before.line} and ${line}: both are of ${time}, expected one line for each time; remove one`,
    );
  }
}

function regionIn(path: string, table: readonly Row[]): string {
  const named = table.filter(({ region }) => region !== undefined);
  const [first] = named;
  const other = named.find(({ region }) => region !== first?.region);
  if (first === undefined || other === undefined) return first?.region ?? 'unknown Region';
  throw new FileError(
    `${path} lines ${first.line} and ${other.line}: got the Regions ${first.region} and ${other.region}, expected one volume, which has one; give each its own file`,
  );
}

function seriesIn(column: Measured, rows: readonly Row[], readAt: Instant, places: Places): Reading<Series> {
  if (!places.has(column)) return unread(`the table has no column ${column}`);
  const samples = rows.flatMap(({ at, values }) => {
    const value = values.get(column);
    return value === undefined ? [] : [{ at, value }];
  });
  const period = samples
    .slice(1)
    .reduce<number>(
      (least, { at }, index) => Math.min(least, at - (samples[index]?.at ?? 0)),
      minutes(5),
    ) as Duration;
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
  zone: 'unknown zone',
  createdAt,
  attachment: { kind: 'attached', instanceIds: [], since: createdAt },
  device: undefined,
  multiAttach: false,
  operator: undefined,
  tags: {},
});
