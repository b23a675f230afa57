import { expect, test } from 'vitest';
import {
  backToGp2,
  caseNotice,
  requestId,
  said,
  time,
  toGp3,
  toIo1,
  usual,
} from '../../fakes/case-notices.ts';
import { labels, lines } from './facts-under-test.ts';

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
