import { describe, expect, test } from 'vitest';
import {
  checkCases,
  checkCensus,
  checkMemory,
  checkNotices,
} from '../../../core/domain/doctoring/check-memory.ts';
import { seen } from '../../../core/domain/doctoring/fact.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { before, minutes, seconds } from '../../../core/domain/units.ts';
import { noon } from '../some-volume.ts';
import { absent, denied, linesOf, someDeployment } from './some-deployment.ts';

describe('the table', () => {
  test('with its genesis item is well', () => {
    expect(linesOf(checkMemory(someDeployment()))).toBe('\nok: table Cases is there, with its genesis item');
  });

  test('without it, or no table at all, is a finding', () => {
    expect(linesOf(checkMemory(someDeployment({ hasGenesis: seen(false) })))).toMatchInlineSnapshot(`
      "
      finding table Cases: no genesis item
      expected: the one its first deployment wrote
      do: without it nothing acts, as the table may be a new one: compare what volumes are tagged with, then write it (docs/runbook.md, "The table was lost or restored")"
    `);
    expect(linesOf(checkMemory(someDeployment({ hasGenesis: absent })))).toMatchInlineSnapshot(`
      "
      finding table Cases: it is not there
      expected: the table of the stack, with all its cases
      do: restore it under its name before any other fix, which may put an empty one in its place (docs/runbook.md, "The table was lost or restored")
      $ aws dynamodb describe-table --table-name Cases --region us-east-1"
    `);
  });

  test('that cannot be seen, or that no output names, is told as such', () => {
    const unseen = someDeployment({ hasGenesis: denied('dynamodb:GetItem') });
    expect(linesOf(checkMemory(unseen))).toMatchInlineSnapshot(`
      "
      unknown table Cases: not authorized to perform dynamodb:GetItem
      needs: dynamodb:GetItem"
    `);
    const { stack, ...rest } = someDeployment();
    expect(linesOf(checkMemory({ ...rest, stack: { ...stack, outputs: {} } }))).toMatchInlineSnapshot(`
      "
      ok: table named by no output CaseTableName is there, with its genesis item"
    `);
  });
});

describe('the census', () => {
  const endedAgo = (age: Parameters<typeof before>[1]) => ({
    census: seen(read({ at: before(noon, age), backfill: 'complete' as const }, noon)),
  });

  test('of up to 45 minutes ago is well, and told in whole minutes', () => {
    expect(linesOf(checkCensus(someDeployment(endedAgo(minutes(45)))))).toBe(
      '\nok: the last one ended 45 min ago',
    );
    expect(linesOf(checkCensus(someDeployment(endedAgo(seconds(100)))))).toBe(
      '\nok: the last one ended 2 min ago',
    );
  });

  test('that is older is a finding', () => {
    expect(linesOf(checkCensus(someDeployment(endedAgo(seconds(45 * 60 + 1)))))).toMatchInlineSnapshot(`
      "
      finding census: the last one ended 45 min ago
      expected: one within 45 min; it is due every 15
      do: see the functions and rules above; start one by hand, its log says what goes wrong
      $ aws lambda invoke --function-name EbsBurst-keep-alarms --invocation-type Event /dev/stdout --region us-east-1"
    `);
  });

  test('that cannot be read is a finding, without a command where the keeper is not known', () => {
    const census = seen(unread('an item of another version'));
    const unknownKeeper = someDeployment({ census, functions: absent });
    expect(linesOf(checkCensus(unknownKeeper))).toMatchInlineSnapshot(`
      "
      finding census: an item of another version
      expected: one within 45 min; it is due every 15
      do: see the functions and rules above; start one by hand, its log says what goes wrong"
    `);
    const withoutKeeper = someDeployment({ census, functions: seen([]) });
    expect(linesOf(checkCensus(withoutKeeper))).toBe(linesOf(checkCensus(unknownKeeper)));
  });

  test('without a table is unknown', () => {
    expect(linesOf(checkCensus(someDeployment({ census: absent })))).toMatchInlineSnapshot(`
      "
      unknown the table: there is none; see memory
      needs: nothing"
    `);
    expect(
      linesOf(checkCensus(someDeployment({ census: denied('dynamodb:GetItem') }))),
    ).toMatchInlineSnapshot(`
      "
      unknown census: not authorized to perform dynamodb:GetItem
      needs: dynamodb:GetItem"
    `);
  });
});

describe('open cases', () => {
  const overdue = (...ids: readonly `vol-${string}`[]) =>
    linesOf(checkCases(someDeployment({ overdue: seen(ids) })));

  test('that were looked at in time are well', () => {
    expect(overdue()).toBe('\nok: every open case was looked at when it was due');
  });

  test('that were not are findings: one, up to three by name, then how many more', () => {
    expect(overdue('vol-1')).toMatchInlineSnapshot(`
      "
      finding cases: 1 open case not looked at when due: vol-1
      expected: each looked at within 5 min; the sweep asks every minute
      do: see the rules, the event sources and the logs of sweep and respond"
    `);
    expect(overdue('vol-1', 'vol-2', 'vol-3').split('\n')[1]).toBe(
      'finding cases: 3 open cases not looked at when due: vol-1, vol-2, vol-3',
    );
    expect(overdue('vol-1', 'vol-2', 'vol-3', 'vol-4', 'vol-5').split('\n')[1]).toBe(
      'finding cases: 5 open cases not looked at when due: vol-1, vol-2, vol-3 and 2 more',
    );
  });

  test('without a table, or that cannot be seen, are unknown', () => {
    expect(linesOf(checkCases(someDeployment({ overdue: absent })))).toMatchInlineSnapshot(`
      "
      unknown the table: there is none; see memory
      needs: nothing"
    `);
    expect(linesOf(checkCases(someDeployment({ overdue: denied('dynamodb:Query') })))).toMatchInlineSnapshot(`
      "
      unknown cases: not authorized to perform dynamodb:Query
      needs: dynamodb:Query"
    `);
  });
});

describe('notices', () => {
  test('that all were sent are well', () => {
    expect(linesOf(checkNotices(someDeployment()))).toBe('\nok: no notice waits');
  });

  test('that no channel took are a finding', () => {
    expect(linesOf(checkNotices(someDeployment({ stuckNotices: seen(1_234) })))).toMatchInlineSnapshot(`
      "
      finding notices: 1,234 conversations no channel has taken yet
      expected: all sent
      do: nothing is lost, they are tried again; mend the channel: see subscribers and Slack, and the log of deliver-notice"
    `);
  });

  test('without a table, or that cannot be seen, are unknown', () => {
    expect(linesOf(checkNotices(someDeployment({ stuckNotices: absent })))).toMatchInlineSnapshot(`
      "
      unknown the table: there is none; see memory
      needs: nothing"
    `);
    expect(
      linesOf(checkNotices(someDeployment({ stuckNotices: denied('dynamodb:Query') }))),
    ).toMatchInlineSnapshot(`
      "
      unknown notices: not authorized to perform dynamodb:Query
      needs: dynamodb:Query"
    `);
  });
});
