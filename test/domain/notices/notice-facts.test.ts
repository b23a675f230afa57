import { expect, test } from 'vitest';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { FactLabel } from '../../../core/domain/notices/fact.ts';
import { bestStep } from '../../../core/domain/notices/facts-of-refusals.ts';
import type { CaseNotice } from '../../../core/domain/notices/notice.ts';
import { factsOf } from '../../../core/domain/notices/notice-facts.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { minutes } from '../../../core/domain/units.ts';
import {
  atWall,
  backToGp2,
  caseNotice,
  draining,
  noConsent,
  requestId,
  said,
  time,
  toGp3,
  toIo1,
  usual,
  vague,
} from '../../fakes/case-notices.ts';

const stamp = { version: '1.2.3', runbook: 'docs/runbook.md' };

const facts = (...notices: readonly CaseNotice[]) =>
  storiesOf(notices).flatMap((story) => factsOf(story, stamp));
const labels = (...notices: readonly CaseNotice[]) => facts(...notices).map(({ label }) => label);
function lines(label: FactLabel, ...notices: readonly CaseNotice[]): readonly string[] {
  const value = facts(...notices).find((fact) => fact.label === label)?.value;
  if (value === undefined) return [];
  return value.kind === 'link' ? [value.url] : value.lines;
}

test('the facts stand in their order, whatever was read first', () => {
  expect(labels(caseNotice(said.acted))).toEqual([
    'What',
    'Did',
    'Expect',
    'Not done',
    'Where',
    'Credits',
    'Cause',
    'Cost',
    'Limits',
    'Lock',
    'Undo',
    'Next',
    'Owner',
    'Graph',
    'Console',
    'Runbook',
  ]);
  expect(labels(caseNotice(said.needed))).toEqual([
    'What',
    'Did',
    'Not done',
    'By hand',
    'Where',
    'Credits',
    'Cause',
    'Cost',
    'Limits',
    'Next',
    'Owner',
    'Graph',
    'Console',
    'Runbook',
  ]);
});

test('a fact without a source is left out', () => {
  const bare = caseNotice(
    { ...said.needed, wouldDo: undefined },
    {
      about: {
        owner: undefined,
        environment: undefined,
        stack: undefined,
        device: undefined,
        instanceIds: [],
      },
    },
  );
  expect(labels(bare)).not.toContain('Owner');
  expect(labels(bare)).not.toContain('Cost');
  expect(lines('Where', bare)[0]).toBe('vol-0a1b2c3d4e5f67890 checkout-db-2, 200 GiB gp2, not attached.');
});

test('a source that failed says unknown, and why', () => {
  const blind = caseNotice(said.acted, {
    other: {
      felt: unread('Throttling'),
      slotsUsed: unread('no answer'),
      caps: unread('no census yet'),
      otherCauses: {
        instanceLimit: unread('AccessDenied'),
        health: read({ kind: 'impaired', status: 'io-disabled' }, time('03:11')),
      },
    },
  });
  expect(lines('What', blind)[0]).toContain('Latency and queue unknown (Throttling).');
  expect(lines('Limits', blind)).toEqual(['Unknown (no census yet).']);
  expect(lines('Undo', blind).at(-1)).toBe('Changes used of the 4 in 24 h: unknown (no answer).');
  expect(lines('Cause', blind)).toEqual([
    'Burst credits. NOT ruled out: instance limit (unknown, AccessDenied), volume fault (status io-disabled).',
  ]);
});

test.each([
  ['draining', draining, '34 %, falling 2.1 %/min; 13-20 min to empty. '],
  ['at the wall', atWall, '0 %: empty. '],
  ['steady', { ...atWall, kind: 'steady' }, '0 %, steady. '],
  [
    'seen once',
    { ...atWall, kind: 'first-sight', earliestWall: time('03:22') },
    '0 %, one reading only: no trend yet; at full burst empty at 03:22 UTC. ',
  ],
  [
    'unknown',
    { kind: 'unknown', why: 'no-data', detail: 'no reading since 02:50' },
    'Balance unknown (no reading since 02:50). ',
  ],
] as const)('credits that are %s are told with the demand', (_what, forecast, text) => {
  expect(lines('Credits', caseNotice(said.warned, { forecast }))).toEqual([
    `${text}Demand 2,450 IOPS, baseline 600 IOPS, burst 3,000 IOPS.`,
  ]);
});

test('a wall that only full burst would reach has no latest time', () => {
  const forecast = {
    ...draining,
    kind: 'draining',
    percentPerMinute: 2,
    wall: { earliest: time('03:24'), likely: time('03:27'), latest: undefined },
  } as const;
  expect(lines('What', caseNotice(said.warned, { forecast }))[0]).toContain('(03:24 at the earliest)');
});

test('every refusal has its sentence and its next step', () => {
  const refused = caseNotice({
    ...said.needed,
    refusals: [noConsent, { code: 'stale-evidence', ageMinutes: 14 }],
  });
  expect(lines('Not done', refused)).toEqual([
    'Not moved to gp3: the volume does not carry ebs-burst:mode=act (got no such tag). Next: tag it ebs-burst:mode=act to let us act, or modify it by hand.',
    'And: the newest reading is 14 minutes old. Next: look at the volume by hand; CloudWatch is late or the instance is stopping.',
  ]);
});

test('a command is offered where a person may overrule us', () => {
  expect(lines('By hand', caseNotice(said.needed))).toEqual([
    'aws ec2 modify-volume --region eu-west-1 \\',
    '  --volume-id vol-0a1b2c3d4e5f67890 \\',
    '  --volume-type gp3 --iops 3000 --throughput 250',
  ]);
});

test.each([
  { code: 'volume-stalled' },
  { code: 'instance-bottleneck', instanceId: 'i-1', sign: 'EBSIOBalance 0 %' },
  { code: 'modification-in-flight', state: 'optimizing' },
  { code: 'managed', operator: 'eks.amazonaws.com' },
  { code: 'aws-slots-used', nextSlotAt: undefined },
] as const)('no command is offered where it cannot help: $code', (refusal) => {
  expect(labels(caseNotice({ ...said.needed, refusals: [noConsent, refusal] }))).not.toContain('By hand');
});

test('a target slower than the burst is called so', () => {
  const slow = caseNotice({ ...said.acted, plan: toIo1 });
  expect(lines('Did', slow)).toContain('This is slower than its burst: 1,000 < 3,000 IOPS.');
  expect(lines('Expect', slow)[0]).toBe('The speed of io1, 1,000 IOPS in minutes to hours.');
});

test('an ordinary target is not', () => {
  expect(lines('Did', caseNotice(said.acted)).join()).not.toContain('slower');
});

test('a request that we only found accepted says that its id is unknown', () => {
  const adopted = caseNotice({ ...said.acted, requestId: undefined });
  expect(lines('Did', adopted)[0]).toContain(
    'request id unknown: we found it accepted by describing the volume.',
  );
});

test('the lock lasts until completion', () => {
  const acted = caseNotice(said.acted);
  expect(lines('Lock', acted)[0]).toContain('Do not change this volume through stack shop-db-prod until');
  expect(lines('Lock', caseNotice(said.acted, { about: { stack: undefined } }))[0]).toContain(
    'Do not change this volume by any tool until',
  );
  expect(labels(acted, caseNotice(said.completed, { version: 2 }))).not.toContain('Lock');
});

test('undo is possible once completed, then now', () => {
  const acted = caseNotice(said.acted);
  expect(lines('Undo', acted)[0]).toContain('By hand: possible once completed, with');
  expect(lines('Undo', acted, caseNotice(said.completed, { version: 2 }))[0]).toContain(
    'By hand: possible now, with',
  );
});

test.each([
  ['fix', 'It stays on gp3, which has no burst bucket.'],
  ['keep', 'It stays on gp3: it is marked latency-critical.'],
  ['bridge', 'It goes back to gp2 by itself when 24 hours of demand would fit its bucket.'],
] as const)('a %s says whether it goes back', (purpose, text) => {
  expect(lines('Undo', caseNotice({ ...said.acted, plan: { ...toGp3, purpose } }))[0]).toContain(text);
});

test('what is no longer in force has neither cost nor undo', () => {
  for (const ending of ['put-back', 'failed', 'yielded', 'gone'] as const) {
    const ended = caseNotice(
      { kind: 'ended', ending, reason: { code: 'recovered' }, plan: toIo1 },
      { version: 2 },
    );
    const shown = labels(caseNotice({ ...said.acted, plan: toIo1 }), ended);
    expect(shown).not.toContain('Cost');
    expect(shown).not.toContain('Undo');
  }
});

test('the price list names its Region and date, and whether it is ours', () => {
  expect(lines('Cost', caseNotice(said.acted))).toEqual([
    '$20.00 -> $21.00 a month (+$0.03 a day).',
    'Instead: io1, 3,000 IOPS $220.00; io2, 3,000 IOPS $220.00.',
    'List prices of us-east-1 on 2026-10-07; eu-west-1 may differ.',
  ]);
  expect(lines('Cost', caseNotice({ ...said.acted, plan: toIo1 })).at(-1)).toBe(
    'List prices of eu-west-1 on 2026-10-07.',
  );
});

test('when the next word comes is always said', () => {
  expect(lines('Next', caseNotice(said.acted))).toEqual(['When it changes, or at 03:40 UTC at the latest.']);
  expect(
    lines('Next', caseNotice(said.acted, { other: { nextNewsAt: time('00:10', '2026-11-23') } })),
  ).toEqual(['When it changes, or at 2026-11-23 00:10 UTC at the latest.']);
  expect(lines('Next', caseNotice(said.acted, { other: { nextNewsAt: undefined } }))).toEqual([
    'When it changes; nothing is scheduled.',
  ]);
  expect(lines('Next', caseNotice(said.recovered))).toEqual(['Nothing more: this case is closed.']);
});

test('a way back shows its own step down in price and both requests', () => {
  const acted = caseNotice({ ...said.acted, plan: toIo1 });
  const returning = caseNotice(
    { kind: 'returning', plan: backToGp2, acceptedAt: time('10:30', '2026-11-23'), requestId },
    { version: 2, at: time('10:30', '2026-11-23') },
  );
  expect(lines('Cost', caseNotice(said.acted), returning)[0]).toBe(
    '$90.00 -> $20.00 a month (-$2.30 a day).',
  );
  expect(lines('Did', acted, returning).filter((line) => line.includes('request id'))).toEqual([
    `2026-11-22 03:11:22 UTC gp2 -> io1, 1,000 IOPS. Accepted by AWS, request id ${requestId}.`,
    `10:30:00 UTC io1, 1,000 IOPS -> gp2. Accepted by AWS, request id ${requestId}.`,
  ]);
});

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
])('links of %s lead to its console', (region, console) => {
  const notice = caseNotice(said.warned, { about: { region } });
  expect(
    lines('Graph', notice)[0]?.startsWith(`${console}cloudwatch/home?region=${region}#metricsV2:graph=`),
  ).toBe(true);
  expect(lines('Console', notice)[0]).toBe(
    `${console}ec2/home?region=${region}#VolumeDetails:volumeId=vol-0a1b2c3d4e5f67890`,
  );
});

test('the graph is of the right volume and window, and ends in what a mail program keeps', () => {
  const [graph] = lines('Graph', caseNotice(said.warned));
  expect(graph).toContain(
    "~(~'AWS*2fEBS~'BurstBalance~'VolumeId~'vol-0a1b2c3d4e5f67890~(stat~'Minimum~yAxis~'left))",
  );
  expect(graph).toContain("~start~'2026-11-22T00*3a11*3a00.000Z~end~'2026-11-22T04*3a11*3a00.000Z)");
  expect(graph).toMatch(/vol-0a1b2c3d4e5f67890$/);
  expect(graph).not.toMatch(/[\s<>|"]/);
});

test('a deleted volume has no graph', () => {
  const gone = caseNotice({
    kind: 'ended',
    ending: 'gone',
    reason: { code: 'volume-gone' },
    plan: undefined,
  });
  expect(labels(gone)).not.toContain('Graph');
});

test('the footer names case, evidence, version and mode', () => {
  expect(messageOf([caseNotice(said.acted)], stamp).footer).toBe(
    'case EB-7Q2F81KD, evidence 70 s old, ebs-burst-responder 1.2.3, mode act',
  );
});

test('old evidence shows its age in minutes', () => {
  const forecast = { ...atWall, age: minutes(9) };
  expect(messageOf([caseNotice(said.acted, { forecast })], stamp).footer).toContain('evidence 9 min old');
});

test.each([
  [
    1,
    'Shed load; if it still runs out we try once more. If that fails too, move it by hand with the command below.',
  ],
  [2, 'Move it by hand with the command below, or shed load: we do not try again within 24 hours.'],
])('after a failed modification and %i used, the step says whether we try again', (used, step) => {
  const failed = {
    kind: 'ended',
    ending: 'failed',
    reason: { code: 'modification-failed' },
    plan: toGp3,
  } as const;
  const [story] = storiesOf([{ ...caseNotice(failed), slotsUsed: read(used, time('03:25')) }]);
  expect(story && bestStep(story)).toBe(step);
});

test('other ways out are offered until the move is judged, and not after', () => {
  const acted = caseNotice(said.acted);
  expect(lines('Cost', acted).join()).toContain('Instead: io1');
  expect(lines('Cost', acted, caseNotice(said.averted, { version: 2 })).join()).not.toContain('Instead');
});

test('caps are told where we act, and not where this deployment only notifies or all is judged', () => {
  const acted = caseNotice(said.acted);
  expect(lines('Limits', acted)).toEqual([
    '1 of 10 changes this hour used, $1.00 of $100.00 a month committed.',
  ]);
  expect(labels(caseNotice(said.warned, { other: { mode: 'notify' } }))).not.toContain('Limits');
  expect(labels(acted, caseNotice(said.averted, { version: 2 }))).not.toContain('Limits');
});

test('a runbook is named where there is a link to it, and not where nobody could follow one', () => {
  const [story] = storiesOf([caseNotice(said.warned)]);
  const shows = (runbook: string | undefined) =>
    story && factsOf(story, { version: '1.2.3', runbook }).some(({ label }) => label === 'Runbook');
  expect(shows('https://example.org/runbook.md')).toBe(true);
  expect(shows(undefined)).toBe(false);
});

test('a wall that nobody can time is told as a range with what the present rate says', () => {
  const when = 'unclear when: between 03:40 and 09:30 UTC, at the present rate about 05:04 UTC.';
  expect(lines('What', caseNotice(said.warned, { forecast: vague }))[0]).toContain(
    `runs out of burst credits and then drops to 600 IOPS; ${when}`,
  );
  expect(lines('What', caseNotice(said.acted, { forecast: vague }))[0]).toContain(
    `would have run out of burst credits; ${when}`,
  );
  expect(lines('Credits', caseNotice(said.warned, { forecast: vague }))[0]).toContain(
    '29 min to 6 h 19 min to empty',
  );
});

test('a wall within the hour is told by its time', () => {
  const forecast = { ...vague, wall: { ...vague.wall, likely: time('04:00'), latest: time('04:40') } };
  expect(lines('What', caseNotice(said.warned, { forecast }))[0]).toContain(
    'about 04:00 UTC (03:40-04:40) and then',
  );
});

const endedWith = (ending: 'averted' | 'relieved' | 'not-relieved') =>
  ({ kind: 'ended', ending, reason: { code: 'symptom-gone' }, plan: toGp3, usual }) as const;

test.each([
  said.averted,
  said.relieved,
  endedWith('averted'),
  endedWith('relieved'),
  endedWith('not-relieved'),
])('latency and queue stand beside the usual ones where the case knows them: %o', (what) => {
  expect(lines('What', caseNotice(what))[0]).toContain(
    'Now average latency 3.1 ms (usual 3.1), queue 2 (usual 2).',
  );
});

test('nothing is called usual where the case does not know it', () => {
  const { usual: _, ...unknown } = endedWith('averted');
  expect(lines('What', caseNotice(unknown))[0]).toContain('Now average latency 3.1 ms, queue 2.');
});

test('times of refusals are those of a clock, with a date only where it is another day', () => {
  const until = (at: ReturnType<typeof time>) =>
    lines('Not done', caseNotice({ ...said.needed, refusals: [{ code: 'muted', until: at }] }))[0];
  expect(until(time('06:00'))).toContain('its alarm is muted until 06:00 UTC.');
  expect(until(time('06:00', '2026-11-23'))).toContain('its alarm is muted until 2026-11-23 06:00 UTC.');
});

test('a mute whose end is ours is not told as known', () => {
  const until = time('03:09', '2026-11-23');
  const whatOf = (end: 'told' | 'assumed') =>
    lines('What', caseNotice(said.needed, { other: { mutedUntil: { at: until, end } } })).join(' ');
  expect(whatOf('assumed')).toContain(
    'Its alarm is muted, its event did not say until when; we take it for muted until 2026-11-23 03:09 UTC.',
  );
  expect(whatOf('told')).toContain('Its alarm is muted until 2026-11-23 03:09 UTC.');
});

test('a way back that AWS gave up locks nothing, one that runs does', () => {
  const back = { plan: backToGp2, acceptedAt: time('03:30'), requestId };
  const returning = caseNotice({ kind: 'returning', ...back }, { version: 2 });
  const reason = { code: 'modification-failed' } as const;
  const givenUp = caseNotice({ kind: 'warned', reason, refusals: [], wouldDo: backToGp2 }, { version: 3 });
  expect(labels(caseNotice(said.acted), returning)).toContain('Lock');
  expect(labels(caseNotice(said.acted), returning, givenUp)).not.toContain('Lock');
  expect(lines('Cost', caseNotice(said.acted), returning, givenUp)[0]).toContain(
    'A move to gp2: $90.00 -> $20.00 a month',
  );
});

const unreadable = { kind: 'unknown', why: 'unread', detail: 'AccessDenied' } as const;

test('where we are blind, the command shows what we could not see', () => {
  const notice = caseNotice(
    { ...said.warned, reason: { code: 'blind' }, wouldDo: undefined },
    { forecast: unreadable },
  );
  expect(lines('By hand', notice)).toEqual([
    'aws cloudwatch get-metric-statistics --region eu-west-1 \\',
    '  --namespace AWS/EBS --metric-name BurstBalance \\',
    '  --dimensions Name=VolumeId,Value=vol-0a1b2c3d4e5f67890 \\',
    '  --start-time 2026-11-22T02:11Z \\',
    '  --end-time 2026-11-22T06:11Z \\',
    '  --period 300 --statistics Minimum --output text \\',
    "  --query 'Datapoints[].[Timestamp,Minimum]' | sort",
  ]);
});

test('where we see the balance, no such command is given', () => {
  expect(labels(caseNotice({ ...said.warned, wouldDo: undefined }))).not.toContain('By hand');
});

const leadOf = (notice: CaseNotice) => messageOf([notice], stamp).lead;

test('one refusal is answered by its own step, several by the command that helps in spite of all', () => {
  expect(leadOf(caseNotice(said.needed))).toBe(
    'Tag it ebs-burst:mode=act to let us act, or modify it by hand.',
  );
  const refusals = [noConsent, { code: 'over-blast-radius', used: 10, limit: 10 }] as const;
  expect(leadOf(caseNotice({ ...said.needed, refusals }))).toBe(
    'Move it by hand with the command below; more than one thing keeps us from it.',
  );
});

test('several refusals of which one forbids the command are answered by the first step', () => {
  const refusals = [noConsent, { code: 'volume-stalled' }] as const;
  expect(leadOf(caseNotice({ ...said.needed, refusals }))).toBe(
    'Tag it ebs-burst:mode=act to let us act, or modify it by hand.',
  );
});

test('a failed move promises a new case, and says nothing of a size', () => {
  const failed = caseNotice(
    { kind: 'ended', ending: 'failed', reason: { code: 'modification-failed' }, plan: toGp3 },
    { version: 2 },
  );
  const all = [caseNotice(said.acted), failed] as const;
  expect(lines('Next', ...all)).toEqual([
    'This case is closed; if the disk still runs out, a new one opens.',
  ]);
  expect(labels(...all)).not.toContain('Not done');
});
