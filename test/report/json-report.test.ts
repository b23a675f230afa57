import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../cli/report/json-report.ts';
import {
  avertedVolume,
  calmVolume,
  made,
  someRegion,
  throughputVolume,
  unreadVolume,
} from './some-assessment.ts';

const parsed = (volumes = someRegion().volumes) => JSON.parse(jsonReport([someRegion({ volumes })], made));

describe('the JSON', () => {
  it('names its format and version, and tells times as ISO strings', () => {
    expect(parsed()).toMatchObject({
      format: 'ebs-burst/assessment',
      version: 1,
      madeBy: 'ebs-burst 0.1.0',
      madeAt: '2026-11-22T00:05:00.000Z',
      policy: { mode: 'act', acting: 'as-configured', leadTimeMinutes: 15 },
      assumptions: { relievedAfterMinutes: 10, consent: 'assumed' },
      regions: [{ from: '2026-11-08T00:00:00.000Z', until: '2026-11-22T00:00:00.000Z', cannotRunOut: 17 }],
    });
  });

  it('tells a policy that nobody named from one that somebody did', () => {
    const json = JSON.parse(jsonReport([someRegion()], { ...made, acting: 'assumed' }));
    expect(json.policy).toMatchObject({ mode: 'act', acting: 'assumed' });
  });

  it('tells what the policy would have done, event by event', () => {
    const [volume] = parsed([avertedVolume()]).regions[0].volumes;
    expect(volume).toMatchObject({ outcome: 'averted', minutesAtWall: 91, underPolicy: { stallMinutes: 0 } });
    expect(volume.underPolicy.timeline[2]).toEqual({
      at: '2026-11-13T01:32:00.000Z',
      kind: 'acted',
      wall: '2026-11-13T01:59:00.000Z',
      plan: {
        purpose: 'bridge',
        from: { type: 'gp2' },
        to: { type: 'io2', iops: 2_400 },
        monthlyDollars: { now: 20, after: 181 },
      },
    });
  });

  it('says unknown and why where nothing was read, and null where there is nothing', () => {
    const [unread, calm, unfitting] = parsed([unreadVolume(), calmVolume(), throughputVolume()]).regions[0]
      .volumes;
    const unknown = { unknown: 'AccessDenied on cloudwatch:GetMetricData' };
    expect(unread).toMatchObject({
      iops: unknown,
      minutesAtWall: unknown,
      announcedMinutesAhead: unknown,
      underPolicy: { stallMinutes: unknown },
      monthlyDollars: { underPolicy: unknown, io1: unknown },
    });
    expect(calm).toMatchObject({ minutesAtWall: 0, announcedMinutesAhead: null });
    expect(unfitting.monthlyDollars.io1).toBeNull();
  });

  it('holds no series, and no moment as a bare number', () => {
    const text = jsonReport([someRegion()], made);
    expect(text).not.toContain('"period"');
    expect(text).not.toMatch(/\b17\d{11}\b/);
    expect(text.endsWith('}\n')).toBe(true);
  });
});
