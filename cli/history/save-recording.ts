import type { HistoryStore, Walk } from '../../core/application/assess/history-ports.ts';
import { before, type Instant } from '../../core/domain/units.ts';
import { minuteRetention } from '../../core/domain/volume-limits.ts';
import { FileError, writeWhole } from './atomic-file.ts';
import {
  type Index,
  indexFile,
  indexSchema,
  keptSchema,
  readJson,
  version,
  volumeFile,
} from './history-files.ts';
import { seriesIn, seriesText } from './series-text.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

const indexRemedy = 'choose another folder for --save, or remove that one to begin anew';
const volumeRemedy = 'remove it, and it is read from CloudWatch again';

/** Keeps every volume as it is read; the next run with the same folder goes on from there. */
export const savedHistory = (folder: string, place: Place, now: () => Instant): HistoryStore => ({
  begun: async () => {
    const index = await readJson(indexFile(folder), indexSchema, indexRemedy);
    if (index === undefined) return undefined;
    demandSamePlace(folder, index, place);
    if (index.from < before(now(), minuteRetention)) await demandComplete(folder, index);
    return index;
  },
  begin: (walk) => writeWhole(indexFile(folder), indexText(walk, place)),
  kept: async ({ id }) => {
    const kept = await readJson(volumeFile(folder, id), keptSchema, volumeRemedy);
    if (kept === undefined) return undefined;
    const { stage, volume, balance, iops, throughput } = kept;
    const series = { balance: seriesIn(balance), iops: seriesIn(iops), throughput: seriesIn(throughput) };
    return { stage, recorded: { volume, ...series } };
  },
  keep: ({ stage, recorded: { volume, balance, iops, throughput } }) =>
    writeWhole(
      volumeFile(folder, volume.id),
      JSON.stringify({
        version,
        stage,
        volume,
        balance: seriesText(balance),
        iops: seriesText(iops),
        throughput: seriesText(throughput),
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

const indexText = ({ from, until, ...walk }: Walk, { account, region }: Place): string =>
  JSON.stringify({
    format: 'ebs-burst history',
    version,
    account,
    region,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    ...walk,
  });

function demandSamePlace(folder: string, index: Index, { account, region }: Place): void {
  if (index.account === account && index.region === region) return;
  throw new FileError(
    `${folder}: holds the history of ${index.account} in ${index.region}, expected ${account} in ${region}; choose another folder for --save`,
  );
}

/** What was not read in time is gone from CloudWatch; what was read is worth keeping. */
async function demandComplete(folder: string, index: Index): Promise<void> {
  for (const { id } of index.volumes) {
    const kept = await readJson(volumeFile(folder, id), keptSchema, volumeRemedy);
    if (kept !== undefined && kept.stage !== 'surveyed') continue;
    throw new FileError(
      `${folder}: was begun for the days until ${new Date(index.until).toISOString().slice(0, 10)}, and CloudWatch no longer has the minutes that are missing in it; choose another folder for --save, what is in this one can still be replayed`,
    );
  }
}
