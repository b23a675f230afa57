import { describe, expect, it } from 'vitest';
import { csvReport } from '../../cli/report/csv-report.ts';
import { someVolume } from '../domain/some-volume.ts';
import {
  batch,
  calmVolume,
  made,
  someAssessment,
  someRegion,
  stalledVolume,
  unreadVolume,
} from './some-assessment.ts';

/** As RFC 4180 is read: quoted fields hold commas, quotes twice. */
const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = csv.split('\r\n').slice(0, -1);
  const names = fieldsOf(head);
  return lines.map((line) =>
    Object.fromEntries(fieldsOf(line).map((field, index) => [names[index] ?? '?', field])),
  );
}

const named = (name: string) =>
  someAssessment(
    someVolume({ tags: { Name: name } }),
    batch(10, 10, () => 0),
  );
const nameIn = (name: string): string | undefined =>
  rowsOf(csvReport([someRegion({ volumes: [named(name)], unassessed: [] })], made))[0]?.['name'];

describe('the CSV', () => {
  const csv = csvReport([someRegion()], made);

  it('has a head and one row per volume, each ended by CR LF, each as wide as the head', () => {
    const lines = csv.split('\r\n');
    expect(lines).toHaveLength(1 + 6 + 1 + 1);
    expect(lines.at(-1)).toBe('');
    expect(new Set(lines.slice(0, -1).map((line) => fieldsOf(line).length))).toEqual(new Set([31]));
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('holds what the assessment found, numbers as numbers', () => {
    expect(rowsOf(csvReport([someRegion({ volumes: [stalledVolume()] })], made))[0]).toMatchObject({
      account: '111122223333',
      region: 'us-east-1',
      volume: 'vol-0a11a11a11a11a111',
      name: 'orders-db-data',
      outcome: 'wall',
      baseline: '300',
      iops_max: '2000',
      minutes_at_wall: '134',
      announced_minutes_ahead: '27',
      usd_io1: '207.5',
    });
  });

  it('says unknown and why where nothing was read, and nothing where there is nothing to say', () => {
    const region = someRegion({ volumes: [calmVolume(), unreadVolume()] });
    const [calm, unread] = rowsOf(csvReport([region], made));
    expect(calm).toMatchObject({
      minutes_at_wall: '0',
      announced_minutes_ahead: '',
      iops_p50: 'unknown: its balance never fell below 90 %, so the detail was not asked for',
    });
    for (const name of ['minutes_at_wall', 'lowest_balance_percent', 'usd_under_policy', 'usd_io2'])
      expect(unread?.[name], name).toBe('unknown: AccessDenied on cloudwatch:GetMetricData');
  });

  it('names the policy beside each outcome, and whether acting was only assumed', () => {
    expect(rowsOf(csv)[0]).toMatchObject({ policy_mode: 'act', policy_acting: 'as-configured' });
    const [first] = rowsOf(csvReport([someRegion()], { ...made, acting: 'assumed' }));
    expect(first).toMatchObject({ policy_mode: 'act', policy_acting: 'assumed' });
  });

  it('does not lose a volume that could not be assessed', () => {
    expect(rowsOf(csv).at(-1)).toMatchObject({
      volume: 'vol-0777777777777777a',
      outcome: 'unknown: deleted while it was read',
    });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1+1', '\u{200b}=1+1', '＝1+1'])(
    'does not let %j start a formula',
    (name) => {
      expect(nameIn(name)).toMatch(/^'/);
    },
  );

  it.each(['orders-db', 'a=b', 'a, "quoted" name', "it's"])('leaves %j as it is', (name) => {
    expect(nameIn(name)).toBe(name);
  });

  it('does not let a name begin a new row', () => {
    expect(nameIn('a\r\n=evil()\u{0}')).toBe('a  =evil() ');
  });
});
