import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { barsOf, type Findings } from '../../bench/foresight/bars.ts';
import { pageOf } from '../../bench/foresight/page.ts';
import { pictureOf } from '../../bench/foresight/picture.ts';
import recorded from '../../bench/recorded-foresight.json' with { type: 'json' };

const found = recorded as Findings;
const docs = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

describe('the page on foresight', () => {
  test('is what the command writes from its record', () => {
    expect(docs('foresight.md')).toBe(pageOf(found));
  });

  test('shows the picture that the command draws from the same record', () => {
    expect(docs('foresight.svg')).toBe(pictureOf(found));
  });
});

describe('a bar', () => {
  const [load] = found.loads;
  if (load === undefined) throw new Error('the record holds no load');
  const perfect = { ...load, foreseeable: 100, announced: 100, announcements: 100, groundless: 0 };
  const findings = (rest: Partial<typeof perfect>): Findings => ({
    ...found,
    loads: [{ ...perfect, ...rest }],
    heldOut: { seeds: [2], loads: [perfect] },
    dips: [{ what: 'a dip', metrics: 1, price: 0.05 }],
    census: { describeVolumes: 1, describeAlarms: 10, alarmWrites: 0 },
  });
  const met = (given: Findings) => barsOf(given).map(({ isMet }) => isMet);

  test('is met at its very figure', () => {
    expect(met(findings({ announced: 99, groundless: 5 }))).toEqual([true, true, true, true]);
  });

  test('is not met beyond it', () => {
    expect(met(findings({ announced: 98 }))).toEqual([false, true, true, true]);
    expect(met(findings({ groundless: 6 }))).toEqual([true, false, true, true]);
  });

  test('is not met where only the loads it was chosen by meet it', () => {
    const worse = {
      ...findings({}),
      heldOut: { seeds: [2], loads: [{ ...perfect, announced: 90, groundless: 20 }] },
    };
    expect(met(worse)).toEqual([false, false, true, true]);
  });

  test('on calls and on money is not met by more of them', () => {
    const census = { describeVolumes: 1, describeAlarms: 10, alarmWrites: 1 };
    expect(met({ ...findings({}), census })).toEqual([true, true, false, true]);
    const dips = [{ what: 'a dip', metrics: 1, price: 0.1 }];
    expect(met({ ...findings({}), dips })).toEqual([true, true, true, false]);
  });
});
