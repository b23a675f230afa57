import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadRecordings } from '../../../cli/history/load-recording.ts';
import { gapsWords } from '../../../cli/history/missing-words.ts';
import { savedHistory } from '../../../cli/history/save-recording.ts';
import { csvReport } from '../../../cli/report/csv-report.ts';
import { htmlReport } from '../../../cli/report/html-report.ts';
import { jsonReport } from '../../../cli/report/json-report.ts';
import { outcomeOf } from '../../../cli/report/outcome.ts';
import { assessRegion } from '../../../core/application/assess/assess-region.ts';
import type { HistoryPorts } from '../../../core/application/assess/history-ports.ts';
import { readHistory } from '../../../core/application/assess/read-history.ts';
import { replay } from '../../../core/application/replay/replay.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { unread } from '../../../core/domain/reading.ts';
import { days } from '../../../core/domain/units.ts';
import type { Account } from '../../../twin/account.ts';
import { constantDemand } from '../../../twin/ebs/open-loop-workload.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { somePolicy } from '../../domain/some-volume.ts';
import { addVolume, keptInMemory, metricCalls, portsTo, simulatedAccount } from './simulated-fleet.ts';

const hour = 3_600_000;
const minute = 60_000;

const surveyed = [1, 3_600];
const probed = [2, 3_600];
const inDetail = [5, 60];
const asked = (account: Account) => metricCalls(account).map(({ metrics, period }) => [metrics, period]);

describe('a balance of which hours are missing', () => {
  /** Nine hours of a quiet volume; in the middle of them something begins and, so many minutes later, is over. */
  async function interrupted(
    length: number,
    begin: (account: Account, id: string) => void,
    end: (account: Account, id: string) => void,
  ) {
    const account = simulatedAccount();
    const { id } = addVolume(account, 50);
    await account.simulation.runFor(2 * hour + 2 * minute);
    begin(account, id);
    await account.simulation.runFor(length * minute);
    end(account, id);
    await account.simulation.runFor(7 * hour - (length + 2) * minute);
    return account;
  }

  /** What it publishes besides goes on. */
  const withoutBalance = (length: number) =>
    interrupted(
      length,
      ({ ebs }, id) => ebs.metrics.withhold(id, ['BurstBalance']),
      ({ ebs }, id) => ebs.metrics.resume(id),
    );

  const switchedOff = (length: number) =>
    interrupted(
      length,
      ({ ebs: { volumes } }) => volumes.setInstanceState(volumes.instances[0]?.id ?? '', 'stopped'),
      ({ ebs: { volumes } }) => volumes.setInstanceState(volumes.instances[0]?.id ?? '', 'running'),
    );

  test('is asked whether the volume worked in them, and no detail is paid for that would lack them too', async () => {
    const account = await withoutBalance(300);
    const { kept, done, stopped } = await readHistory(portsTo(account).ports, days(14));
    expect([stopped, done]).toEqual([undefined, 1]);
    expect(asked(account)).toEqual([surveyed, probed]);
    expect(kept.map(({ stage, recorded }) => [stage, recorded.balance.kind, recorded.unseen])).toEqual([
      [
        'whole',
        'read',
        'its balance is missing for 5 h in which it worked (CloudWatch lost it, or it was of a type without one then); the lowest that is known of it is 100 %',
      ],
    ]);
  });

  test('is a calm one where the instance was stopped in them', async () => {
    const account = await switchedOff(300);
    const { kept } = await readHistory(portsTo(account).ports, days(14));
    expect(asked(account)).toEqual([surveyed, probed]);
    expect(kept.map(({ stage, recorded }) => [stage, recorded.balance.kind, recorded.unseen])).toEqual([
      ['whole', 'read', undefined],
    ]);
  });

  test('is not asked about where they are one or two', async () => {
    const account = await withoutBalance(150);
    const { kept } = await readHistory(portsTo(account).ports, days(14));
    expect(asked(account)).toEqual([surveyed]);
    expect(kept.map(({ stage, recorded }) => [stage, recorded.unseen])).toEqual([['whole', undefined]]);
  });

  test('is missing altogether of a volume that worked, which does not make it a silent one', async () => {
    const account = simulatedAccount();
    account.ebs.metrics.withhold(addVolume(account, 50).id, ['BurstBalance']);
    await account.simulation.runFor(5 * hour);
    const { kept } = await readHistory(portsTo(account).ports, days(14));
    expect(asked(account)).toEqual([surveyed, probed]);
    expect(kept.map(({ stage, recorded }) => [stage, recorded.balance])).toMatchObject([
      ['whole', { kind: 'read', value: [] }],
    ]);
  });

  test('is not known while nobody could ask what it did in them', async () => {
    const account = await withoutBalance(300);
    const isProbe = (input: object) => JSON.stringify(input).includes('VolumeReadOps');
    const denied = new ServiceError('AccessDenied', 'not authorized to perform: cloudwatch:GetMetricData');
    account.endpoint.fail({ operation: 'GetMetricData', input: isProbe }, denied);
    const { kept, done } = await readHistory(portsTo(account).ports, days(14));
    expect([kept, done]).toEqual([[], 0]);
  });

  test('has its detail read where CloudWatch did not say what it did in them, and is not calm without that', async () => {
    const account = await withoutBalance(300);
    const { ports } = portsTo(account);
    const reader: HistoryPorts['reader'] = {
      read: async (call) => {
        const answer = await ports.reader.read(call);
        if (answer.kind === 'failed') return answer;
        const parts = [...answer.parts].map(
          ([key, series]) => [key, key.endsWith(' iops') ? unread('InternalError') : series] as const,
        );
        return { ...answer, parts: new Map(parts) };
      },
    };
    const { kept } = await readHistory({ ...ports, reader }, days(14));
    expect(asked(account)).toEqual([surveyed, probed, inDetail]);
    expect(kept.map(({ stage, recorded }) => [stage, recorded.unseen])).toEqual([
      [
        'whole',
        'its balance is missing for hours, and whether it worked in them is not known (InternalError)',
      ],
    ]);
  });

  test('is surveyed again by a run that goes on before anybody asked what it did in them', async () => {
    const account = await withoutBalance(300);
    const store = keptInMemory();
    const stopping = new AbortController();
    const show = ({ stage }: { readonly stage: string }) => stage === 'survey' && stopping.abort();
    const { ports } = portsTo(account, { store, show, signal: stopping.signal });
    const first = await readHistory(ports, days(14));
    expect([first.stopped, first.kept]).toEqual([{ kind: 'interrupted' }, []]);
    const second = await readHistory(portsTo(account, { store }).ports, days(14));
    expect(second.kept.map(({ stage }) => stage)).toEqual(['whole']);
    expect(store.keeps.map((text) => text.split(' ')[1])).toEqual(['whole']);
  });
});

describe('the assessment of a volume whose balance is missing for nine hours', () => {
  /** Minutes of so many operations a second. */
  type Load = readonly [length: number, iops: number];

  /** What it does before, while its balance is missing, and after. */
  async function lived(before: readonly Load[], missing: readonly Load[]) {
    const account = simulatedAccount();
    const volume = addVolume(account, 0);
    const live = async (loads: readonly Load[]) => {
      for (const [length, iops] of loads) {
        account.ebs.volumes.setWorkload(volume.id, constantDemand({ iops, ioBytes: 16_384 }));
        await account.simulation.runFor(length * minute);
      }
    };
    await live(before);
    account.ebs.metrics.withhold(volume.id, ['BurstBalance']);
    await live(missing);
    account.ebs.metrics.resume(volume.id);
    await live([[180, 0]]);
    return account;
  }

  const policy = somePolicy();
  const settings = {
    account: '123456789012',
    region: 'us-east-1',
    length: days(14),
    policy,
    prices: usEast1Prices,
  };

  async function assessed(account: Account, rest: Partial<HistoryPorts> = {}) {
    const { assessment } = await assessRegion(settings, portsTo(account, rest).ports, {
      replay: (recording, terms) => replay(recording, { ...terms, assumptions: usualAssumptions }),
      breathe: async () => {},
    });
    const [only] = assessment.volumes;
    if (only === undefined) throw new Error('expected an assessment');
    return { region: assessment, only };
  }

  const quiet: Load = [125, 0];
  /** Empty after 33 minutes, and full again before anybody sees its balance; 1,000 operations wait and are done first. */
  const toTheWall: readonly Load[] = [
    [35, 3_000],
    [505, 10],
  ];
  const unknown = unread(
    'its balance is missing for 8 h in which it worked (CloudWatch lost it, or it was of a type without one then); the lowest that is known of it is 100 %',
  );

  test('knows no minutes at the wall that the gap may hide, and says so in every report', async () => {
    const account = await lived([quiet], toTheWall);
    const { region, only } = await assessed(account);
    expect(asked(account)).toEqual([surveyed, probed]);
    expect([only.lowest, only.minutesAtWall, only.replay]).toEqual([unknown, unknown, unknown]);
    expect(outcomeOf(only)).toBe('unknown');
    const made = {
      version: '1',
      at: region.until,
      policy,
      acting: 'assumed',
      assumptions: usualAssumptions,
      priceLists: [],
    } as const;
    for (const report of [csvReport, jsonReport, htmlReport]) {
      expect(report([region], made)).toContain(unknown.why);
    }
  });

  test('is calm where it did nothing meanwhile', async () => {
    const account = await lived([[125, 10]], [[540, 0]]);
    const { only } = await assessed(account);
    expect(asked(account)).toEqual([surveyed, probed]);
    expect(only.lowest).toMatchObject({ value: 100 });
    expect(only.minutesAtWall).toMatchObject({ value: 0 });
    expect(only.replay.kind).toBe('read');
  });

  test('is as little known where it dipped before, and names how low', async () => {
    const account = await lived(
      [
        [20, 2_500],
        [405, 0],
      ],
      toTheWall,
    );
    const { only } = await assessed(account);
    expect(asked(account)).toEqual([surveyed, inDetail]);
    expect(only.minutesAtWall).toMatchObject({
      kind: 'unread',
      why: expect.stringMatching(
        /missing for \d+ h in which it worked \(.*\); the lowest that is known of it is 51/,
      ),
    });
    expect(only.lowest.kind).toBe('unread');
    expect(only.iops.kind).toBe('read');
  });

  test('keeps a wall that was seen, and only what the policy would have done is unknown', async () => {
    const account = await lived(
      [
        [60, 3_000],
        [485, 0],
      ],
      toTheWall,
    );
    const { only } = await assessed(account);
    expect(only.lowest).toMatchObject({ value: 0 });
    expect(only.minutesAtWall).toMatchObject({ kind: 'read', value: expect.closeTo(26, -1) });
    expect(outcomeOf(only)).toBe('unknown');
    expect(only.replay).toMatchObject({
      kind: 'unread',
      why: expect.stringContaining('the lowest that is known of it is 0 %'),
    });
  });

  test('is the same from a folder, which also says to a replay what is not judged', async () => {
    const account = await lived([quiet], toTheWall);
    const folder = await mkdtemp(join(tmpdir(), 'missing-balance-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { account: whose, region } = settings;
    const wanted = { source: 'aws', account: whose, region, days: 14 } as const;
    const { ports } = portsTo(account);
    const store = savedHistory(join(folder, region), wanted, ports.clock.now);
    await assessed(account, { store });
    const calls = account.endpoint.calls.length;
    const { only } = await assessed(account, { store });
    expect(account.endpoint.calls).toHaveLength(calls);
    expect([only.lowest, only.minutesAtWall, only.replay]).toEqual([unknown, unknown, unknown]);
    const { recordings, missing } = await loadRecordings(folder);
    expect(missing).toEqual([]);
    expect(recordings.flatMap(gapsWords)).toEqual([
      `of 1 volume in us-east-1, 1 not judged (${only.volume.id}), and no command reads more: ${unknown.why}`,
    ]);
  });
});
