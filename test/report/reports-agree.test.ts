import { expect, it } from 'vitest';
import { csvReport } from '../../cli/report/csv-report.ts';
import { htmlReport } from '../../cli/report/html-report.ts';
import { type JsonReport, jsonReport } from '../../cli/report/json-report.ts';
import { totalsOf } from '../../cli/report/totals.ts';
import type { Assessment } from '../../core/domain/history/assessment.ts';
import { unread } from '../../core/domain/reading.ts';
import { dollars, seconds } from '../../core/domain/units.ts';
import { made, someRegion, stalledVolume } from './some-assessment.ts';

/** One fact of one volume: a number rounded as pages round, a word, `unknown`, or nothing to say. */
type Fact = string;
type Facts = Readonly<Record<string, Fact>>;

/** Facts by volume, in the words of this test. */
type Report = ReadonlyMap<string, Facts>;

const dollarNames = ['usd_now', 'usd_under_policy', 'usd_never_put_back', 'usd_io1', 'usd_io2'] as const;
const minuteNames = ['minutes_at_wall', 'announced_minutes_ahead', 'stall_minutes_under_policy'] as const;

const notReplayed: Assessment = {
  ...stalledVolume(),
  volume: { ...stalledVolume().volume, id: 'vol-0888888888888888b' },
  replay: unread('it was stopped'),
  noAlarm: 'over-max-alarms',
};
/** As the replay computes them: no round figures. */
const unrounded: Assessment = {
  ...stalledVolume(),
  volume: { ...stalledVolume().volume, id: 'vol-0999999999999999c' },
  announcedAhead: seconds(1_240),
  monthly: { ...stalledVolume().monthly, now: dollars(1.7200000000000002) },
  watching: dollars(0.2460869048),
};
const region = someRegion({
  volumes: [...someRegion().volumes, notReplayed, unrounded],
  unassessed: [],
});

const money = (value: number): Fact => value.toFixed(2);
const toTenth = (value: number): Fact => String(Math.round(value * 10) / 10);
const known = (value: unknown, text: (value: number) => Fact): Fact => {
  if (value === null || value === '') return 'nothing';
  return typeof value === 'number' ? text(value) : 'unknown';
};

function fromJson(): Report {
  const { regions }: JsonReport = JSON.parse(jsonReport([region], made));
  return new Map(
    regions.flatMap(({ volumes }) =>
      volumes.map(
        ({ volumeId, outcome, minutesAtWall, announcedMinutesAhead, underPolicy, monthlyDollars }) => {
          const { now, underPolicy: policy, neverPutBack, io1, io2 } = monthlyDollars;
          const dollars = [now, policy, neverPutBack, io1, io2].map((value) => known(value, money));
          const minutes = [minutesAtWall, announcedMinutesAhead, underPolicy.stallMinutes];
          return [
            volumeId,
            factsOf(
              outcome,
              dollars,
              minutes.map((value) => known(value, toTenth)),
            ),
          ] as const;
        },
      ),
    ),
  );
}

function fromCsv(): Report {
  const [head = '', ...lines] = csvReport([region], made).trimEnd().split('\r\n');
  const names = head.split(',');
  const rows = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, a, b]) => a ?? b ?? ''),
  );
  const value = (row: readonly string[], name: string): number | string => {
    const field = row[names.indexOf(name)] ?? '';
    return field === '' || Number.isNaN(Number(field)) ? field : Number(field);
  };
  return new Map(
    rows.map((row) => [
      String(value(row, 'volume')),
      factsOf(
        String(value(row, 'outcome')),
        dollarNames.map((name) => known(value(row, name), money)),
        minuteNames.map((name) => known(value(row, name), toTenth)),
      ),
    ]),
  );
}

/** What the table sorts by is the number it shows, or none. */
function fromHtml(): Report {
  const rows = htmlReport([region], made).match(/<tr role="row" data-row.*?<\/tr>/gs) ?? [];
  return new Map(
    rows.map((row) => {
      const cells = new Map(
        [...row.matchAll(/<td [^>]*data-title="([^"]*)"(?: data-sort="([^"]*)")?>(.*?)<\/td>/gs)].map(
          ([, title = '', sort, content = '']) => [title.replace('\u{a0}', ' '), { sort, content }] as const,
        ),
      );
      const fact = (title: string, text: (value: number) => Fact): Fact => {
        const { sort, content = '' } = cells.get(title) ?? {};
        if (sort !== undefined) return text(Number(sort));
        return content.includes('unknown') ? 'unknown' : 'nothing';
      };
      const [, id = ''] = /(vol-\w+)<\/a>/.exec(row) ?? [];
      const [, outcome = ''] = /badge (\w+)/.exec(row) ?? [];
      const dollars = ['$ now', '$ policy', '$ never back', '$ io1', '$ io2'].map((title) =>
        fact(title, money),
      );
      const minutes = ['At the wall', 'First wall announced', 'Left with policy'].map((title) =>
        fact(title, toTenth),
      );
      return [id, factsOf(outcome, dollars, minutes)];
    }),
  );
}

const factsOf = (outcome: string, dollars: readonly Fact[], minutes: readonly Fact[]): Facts => ({
  outcome,
  ...Object.fromEntries(dollarNames.map((name, index) => [name, dollars[index] ?? ''])),
  ...Object.fromEntries(minuteNames.map((name, index) => [name, minutes[index] ?? ''])),
});

it('CSV, JSON and page tell the same of every volume, unknown as unknown and nothing as nothing', () => {
  const json = fromJson();
  expect(json.size).toBe(8);
  expect(fromCsv()).toEqual(json);
  expect(new Map([...fromHtml()].toSorted())).toEqual(new Map([...json].toSorted()));
  expect(json.get(notReplayed.volume.id)).toMatchObject({
    outcome: 'unknown',
    minutes_at_wall: '134',
    announced_minutes_ahead: 'unknown',
    usd_under_policy: 'unknown',
  });
});

it('the totals are the sums of what the rows tell', () => {
  const rows = [...fromJson().values()];
  const sum = (name: string): number =>
    rows.reduce((total, row) => total + (Number.isNaN(Number(row[name])) ? 0 : Number(row[name])), 0);
  const totals = totalsOf([region]);
  expect(totals).toMatchObject({
    wallMinutes: sum('minutes_at_wall'),
    stallMinutes: sum('stall_minutes_under_policy'),
    hitWall: rows.filter((row) => Number(row['minutes_at_wall']) > 0).length,
    wallUnknown: rows.filter((row) => row['minutes_at_wall'] === 'unknown').length,
  });
  expect(totals.leads).toHaveLength(rows.filter((row) => Number(row['announced_minutes_ahead']) > 0).length);
  expect(totals.outcomes.unknown).toBe(rows.filter(({ outcome }) => outcome === 'unknown').length);
});

it('dollars are to the cent and minutes to a tenth, for programs too', () => {
  const json = jsonReport([region], made);
  const csv = csvReport([region], made);
  for (const text of [json, csv]) {
    expect(text).toContain('1.72');
    expect(text).toContain('20.7');
    expect(text).not.toMatch(/1\.720|20\.66|0\.246/);
  }
  expect(json).not.toMatch(/(minutes\w*": \d+\.\d\d|dollars": -?\d+\.\d{3})/i);
});
