import { describe, expect, it } from 'vitest';
import { monthlyUnderPolicy } from '../../cli/report/monthly.ts';
import { announcedOf, outcomeOf, stallMinutesOf, wallMinutesOf } from '../../cli/report/outcome.ts';
import { outcomeText } from '../../cli/report/texts.ts';
import { median, totalsOf } from '../../cli/report/totals.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { Assessment } from '../../core/domain/history/assessment.ts';
import { read, unread } from '../../core/domain/reading.ts';
import { dollars, minutes } from '../../core/domain/units.ts';
import {
  at,
  avertedVolume,
  calmVolume,
  hostileVolume,
  partlySparedVolume,
  someRegion,
  stalledVolume,
  throughputVolume,
  unreadVolume,
  until,
} from './some-assessment.ts';

const region = someRegion();
const replayOf = ({ replay }: Assessment) => {
  if (replay.kind === 'unread') throw new Error(`expected a replay, got ${replay.why}`);
  return replay.value;
};
const denied = unread('AccessDenied on cloudwatch:GetMetricData');

describe('the outcome of a volume', () => {
  it.each([
    ['wall', stalledVolume()],
    ['averted', avertedVolume()],
    ['told', throughputVolume()],
    ['calm', calmVolume()],
    ['unknown', unreadVolume()],
  ])('is %s', (outcome, assessment) => {
    expect(outcomeOf(assessment)).toBe(outcome);
  });

  it('is no averted stall where the policy itself would have made one', () => {
    const calm = calmVolume();
    expect(outcomeOf({ ...calm, replay: read({ ...replayOf(calm), stallMinutes: 3 }, until) })).toBe('wall');
  });

  it('is unknown where only hours were read, and not calm', () => {
    const hours = unread('only the lowest balance of each hour was read');
    const surveyed = { ...calmVolume(), minutesAtWall: hours, replay: hours };
    expect(outcomeOf(surveyed)).toBe('unknown');
    for (const fact of [wallMinutesOf, stallMinutesOf, announcedOf]) expect(fact(surveyed)).toEqual(hours);
  });

  it('is unknown where the replay was stopped, though the walls are known', () => {
    const stopped = unread('it was stopped by Ctrl-C');
    const volume = { ...stalledVolume(), replay: stopped };
    expect([outcomeOf(volume), wallMinutesOf(volume)]).toEqual(['unknown', 134]);
    expect([stallMinutesOf(volume), monthlyUnderPolicy(volume, region)]).toEqual([stopped, stopped]);
  });

  it('names that there is no alarm, and says nothing of it where there is one', () => {
    const stalled = stalledVolume();
    expect(outcomeText({ ...stalled, noAlarm: 'over-max-alarms' })).toBe('still stalls, no alarm');
    expect(outcomeText(stalled)).toBe('still stalls');
  });

  it('tells how much of a stall is left where the policy would have spared some, and only there', () => {
    const spared = partlySparedVolume();
    expect(outcomeText(spared)).toBe('6 min left');
    expect(outcomeText({ ...spared, noAlarm: 'over-max-alarms' })).toBe('6 min left, no alarm');
    expect(outcomeText({ ...spared, replay: read({ ...replayOf(spared), stallMinutes: 0.5 }, until) })).toBe(
      'under 1 min left',
    );
    expect(outcomeText(avertedVolume())).toBe('stall averted');
    const made = { ...calmVolume(), replay: read({ ...replayOf(spared), stallMinutes: 3 }, until) };
    expect(outcomeText(made)).toBe('still stalls');
  });

  it('does not make a 0 of a balance that nobody read', () => {
    for (const fact of [wallMinutesOf, stallMinutesOf, announcedOf])
      expect(fact(unreadVolume())).toEqual(denied);
    expect(monthlyUnderPolicy(unreadVolume(), region)).toEqual(denied);
  });
});

describe('an announcement', () => {
  it.each([
    ['came so long before the wall', minutes(27), { kind: 'announced', minutesAhead: 27 }],
    ['was missed when nothing was said before it', minutes(0), { kind: 'missed' }],
    ['was missed by a word half a minute before', minutes(0.5), { kind: 'missed' }],
    ['came a whole minute before', minutes(1), { kind: 'announced', minutesAhead: 1 }],
    ['was missed when minutes at the wall have no word at all', undefined, { kind: 'missed' }],
  ])('%s', (_, announcedAhead, announced) => {
    expect(announcedOf({ ...stalledVolume(), announcedAhead })).toEqual(announced);
  });

  it('has nothing to announce without a wall', () => {
    expect(announcedOf(calmVolume())).toEqual({ kind: 'no-wall' });
  });

  it('is of no wall where an empty bucket held nobody back, whatever was said', () => {
    expect(announcedOf({ ...calmVolume(), announcedAhead: minutes(5) })).toEqual({ kind: 'no-wall' });
  });
});

describe('a month under the policy', () => {
  const withPlan = (purpose: Plan['purpose']) => {
    const averted = avertedVolume();
    const timeline = replayOf(averted)
      .timeline.filter(({ kind }) => kind === 'acted')
      .map((event) => (event.kind === 'acted' ? { ...event, plan: { ...event.plan, purpose } } : event));
    return { ...averted, replay: read({ ...replayOf(averted), timeline }, until) };
  };

  it('takes the extra cost of a bridge for as long as a month is', () => {
    const extra = (6.68 * 730) / (14 * 24);
    expect(monthlyUnderPolicy(avertedVolume(), region)).toBeCloseTo(20 + extra, 6);
    expect(monthlyUnderPolicy(withPlan('bridge'), region)).toBeCloseTo(20 + extra, 6);
  });

  it.each(['fix', 'keep'] as const)('costs its new price in full after a %s, which stays', (purpose) => {
    expect(monthlyUnderPolicy(withPlan(purpose), region)).toBe(181);
  });

  it('costs what it costs where nothing was done, also over no time at all', () => {
    expect(monthlyUnderPolicy(calmVolume(), region)).toBe(50);
    expect(monthlyUnderPolicy(avertedVolume(), { from: at(0, 0), until: at(0, 0) })).toBe(20);
  });
});

describe('the totals', () => {
  it('count volumes, walls and words, and do not count the unknown among the calm', () => {
    expect(totalsOf([region])).toMatchObject({
      volumes: 6,
      cannotRunOut: 17,
      unassessed: 1,
      outcomes: { wall: 1, averted: 1, told: 1, calm: 2, unknown: 1 },
      hitWall: 2,
      hitUnjudged: 0,
      wallUnknown: 1,
      wallMinutes: 225,
      stallMinutes: 134,
      leads: [27, 27],
      moved: 1,
    });
  });

  it('price the volumes that needed help, and only those', () => {
    const { bills } = totalsOf([someRegion({ volumes: [avertedVolume(), calmVolume(), hostileVolume()] })]);
    expect(bills).toMatchObject({
      volumes: 1,
      now: 20,
      neverPutBack: { monthly: 16, unfitting: 0 },
      io1: { monthly: 220, unfitting: 0 },
    });
  });

  it('keep a volume that no type fits at its present price, and say so', () => {
    const { bills } = totalsOf([someRegion({ volumes: [throughputVolume()] })]);
    expect(bills.io2).toEqual({ monthly: 46.08, unfitting: 1 });
  });

  it('add up over Regions', () => {
    const { volumes, hitWall, watching } = totalsOf([region, someRegion({ region: 'eu-west-1' })]);
    expect({ volumes, hitWall }).toEqual({ volumes: 12, hitWall: 4 });
    expect(watching).toBeCloseTo(12 * 0.103, 9);
    expect(totalsOf([]).bills.now).toBe(dollars(0));
  });

  it.each([
    [[], undefined],
    [[5], 5],
    [[5, 9], 5],
    [[1, 5, 9], 5],
  ])('the median of %j is %s', (sorted, middle) => {
    expect(median(sorted)).toBe(middle);
  });
});
