import type { Score } from '../../core/domain/history/score.ts';
import { inMinutes } from '../../core/domain/units.ts';
import { jsonAssumptions } from '../report/assumption-words.ts';
import { eventOf } from '../report/json-report.ts';
import type { Made } from '../report/made.ts';
import { cents, tenths } from '../report/rounded.ts';
import { iso } from '../report/texts.ts';
import type { ReplayedRecording, Run } from './replay-runs.ts';

/** Ends with a newline, as a file should. */
export const replayJson = (
  replayed: readonly ReplayedRecording[],
  { assumptions, acting }: Pick<Made, 'assumptions' | 'acting'>,
  version: string,
): string =>
  `${JSON.stringify(
    {
      format: 'ebs-burst/replay',
      version: 1,
      madeBy: `ebs-burst ${version}`,
      /** `assumed`: no policy was named, so it is as if acting were allowed. */
      acting,
      assumptions: jsonAssumptions(assumptions),
      recordings: replayed.map(recordingOf),
    },
    undefined,
    2,
  )}\n`;

const recordingOf = ({ recording, prices, runs }: ReplayedRecording) => ({
  account: recording.account,
  region: recording.region,
  from: iso(recording.from),
  until: iso(recording.until),
  priceList: { region: prices.region, checked: prices.checked },
  runs: runs.map(runOf),
});

const runOf = ({ name, rival, policy, replays, score }: Run) => ({
  name,
  ...(policy === undefined ? rival : { mode: policy.mode, target: policy.target }),
  score: scoreText(score),
  volumes: replays.map(({ volumeId, timeline, stallMinutes, extraCost, noAlarm }) => ({
    volumeId,
    noAlarm: noAlarm ?? null,
    stallMinutes: tenths(stallMinutes),
    extraDollars: cents(extraCost),
    timeline: timeline.map(eventOf),
  })),
});

/** The words are those of core/domain/history/score.ts. */
const scoreText = ({ leads, extraCost, ...score }: Score) => ({
  ...score,
  stallMinutes: tenths(score.stallMinutes),
  leadMinutes: leads.map((lead) => tenths(inMinutes(lead))),
  extraDollars: cents(extraCost),
});
