import type { HistoryStore, Walk } from '../../core/application/assess/history-ports.ts';
import { before, dayOf, type Instant } from '../../core/domain/units.ts';
import { minuteRetention } from '../../core/domain/volume-limits.ts';
import { FileError, writeWhole } from './atomic-file.ts';
import {
  daysIn,
  type Index,
  indexFile,
  indexSchema,
  readJson,
  readKept,
  type Source,
  version,
  volumeFile,
} from './history-files.ts';
import { otherDays } from './save-folder.ts';
import { seriesIn, seriesText } from './series-text.ts';

/** What is to be read. */
export interface Wanted {
  readonly source: Source;
  readonly account: string;
  readonly region: string;
  readonly days: number;
}

const indexRemedy = 'choose another folder for --save, or remove that one to begin anew';
const volumeRemedy = 'remove it, and it is read from CloudWatch again';

/** Keeps every volume as it is read; the next run with the same folder goes on from there. */
export const savedHistory = (folder: string, wanted: Wanted, now: () => Instant): HistoryStore => ({
  begun: async () => {
    const index = await readJson(indexFile(folder), indexSchema, indexRemedy);
    if (index === undefined) return undefined;
    demandSame(folder, index, wanted);
    if (index.from < before(now(), minuteRetention)) await demandComplete(folder, index);
    return index;
  },
  begin: (walk) => writeWhole(indexFile(folder), indexText(walk, wanted)),
  kept: async ({ id }) => {
    const kept = await readKept(folder, id, volumeRemedy);
    if (kept === undefined) return undefined;
    const { stage, volume, balance, iops, throughput, unseen } = kept;
    const series = { balance: seriesIn(balance), iops: seriesIn(iops), throughput: seriesIn(throughput) };
    return { stage, recorded: { volume, ...series, unseen } };
  },
  keep: ({ stage, recorded: { volume, balance, iops, throughput, unseen } }) =>
    writeWhole(
      volumeFile(folder, volume.id),
      JSON.stringify({
        version,
        stage,
        volume,
        balance: seriesText(balance),
        iops: seriesText(iops),
        throughput: seriesText(throughput),
        unseen,
      }),
    ),
});

/** Nothing is kept: without --save. */
export const forgottenHistory: HistoryStore = {
  begun: async () => undefined,
  begin: async () => undefined,
  kept: async () => undefined,
  keep: async () => undefined,
};

const indexText = ({ from, until, ...walk }: Walk, { source, account, region }: Wanted): string =>
  JSON.stringify({
    format: 'ebs-burst history',
    version,
    source,
    account,
    region,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    ...walk,
  });

function demandSame(folder: string, index: Index, { account, region, days }: Wanted): void {
  if (index.account !== account || index.region !== region) {
    throw new FileError(
      `${folder}: holds the history of ${index.account} in ${index.region}, expected ${account} in ${region}; choose another folder for --save`,
    );
  }
  if (daysIn(index) !== days) throw otherDays(folder, daysIn(index), days);
}

/** What was not read in time is gone from CloudWatch; what was read is worth keeping. */
async function demandComplete(folder: string, index: Index): Promise<void> {
  for (const { id } of index.volumes) {
    const kept = await readKept(folder, id, volumeRemedy);
    if (kept !== undefined && kept.stage !== 'surveyed') continue;
    throw new FileError(
      `${folder}: was begun for the days until ${dayOf(index.until)}, and CloudWatch no longer has the minutes that are missing in it; choose another folder for --save, what is in this one can still be replayed`,
    );
  }
}
