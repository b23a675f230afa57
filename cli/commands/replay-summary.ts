import { creditBucketOf } from '../../core/domain/credits/credit-bucket.ts';
import type { RecordedVolume } from '../../core/domain/history/recording.ts';
import type { Replayed, VolumeReplay } from '../../core/domain/history/replayed.ts';
import type { Paint } from '../render/paint.ts';
import { span } from '../render/quantities.ts';
import { type TimelineEntry, timeline } from '../render/timeline.ts';
import { sentenceWidth, wrap } from '../render/wrap.ts';
import { assumptionWords } from '../report/assumption-words.ts';
import { eventWords } from '../report/event-list.ts';
import type { Made } from '../report/made.ts';
import { policyWords } from '../report/policy-words.ts';
import { count, counted, cut, day, noAlarmLines, noAlarmWords } from '../report/texts.ts';
import type { ReplayedRecording, Run } from './replay-runs.ts';
import { columnWords, replayTable } from './replay-table.ts';

/** A screen's worth; --json holds all. */
const mostVolumes = 10;
const mostEvents = 30;

interface Place {
  readonly paint: Paint;
  /** Of the terminal; `undefined` where there is none. */
  readonly columns: number | undefined;
}

/** One policy is told event by event; several, and rivals, by their scores. */
export function replaySummary(
  replayed: readonly ReplayedRecording[],
  { assumptions, acting }: Pick<Made, 'assumptions' | 'acting'>,
  { paint, columns }: Place,
): string {
  const rivals = new Map(replayed.flatMap(({ runs }) => runs).map((run) => [run.name, run.rival]));
  const wrapped = (line: string): readonly string[] => wrap(line, sentenceWidth(columns));
  return [
    ...policyWords({ acting, assumptions }).flatMap(wrapped),
    ...replayed.flatMap((one) => [...recordingText(one, { paint, columns }), '']),
    ...columnWords.flatMap(wrapped),
    ...[...rivals].flatMap(([name, rival]) =>
      rival === undefined ? [] : wrapped(`${name}: ${rival.does}. Source: ${rival.source}.`),
    ),
    '',
    ...wrapped(assumptionWords(assumptions)),
    '',
  ].join('\n');
}

function recordingText({ recording, prices, runs }: ReplayedRecording, place: Place): readonly string[] {
  const { account, region, from, until, volumes } = recording;
  const [only, ...others] = runs;
  const wrapped = (line: string): readonly string[] => wrap(line, sentenceWidth(place.columns));
  const { table, legend } = replayTable(runs, place.columns);
  return [
    place.paint.bold(`${account} in ${region}, ${day(from)} to ${day(until)}`),
    `${counted(volumes.length, 'volume')} recorded; prices of ${prices.region}, ${prices.checked}.`,
    '',
    ...(others.length === 0 ? timelines(only, volumes, place) : []),
    table,
    ...legend.flatMap(wrapped),
    ...(others.length === 0
      ? []
      : runs.flatMap(({ name, replays }) =>
          noAlarmLines(replays).flatMap((line) => wrapped(`${name}: ${line}`)),
        )),
  ];
}

function timelines({ replays }: Run, volumes: readonly RecordedVolume[], place: Place): readonly string[] {
  const byVolume = new Map(volumes.map((recorded) => [recorded.volume.id, recorded]));
  const eventful = replays.filter((replay) => replay.timeline.length > 0).toSorted(worstFirst);
  const quiet = replays.length - eventful.length;
  const hidden = eventful.length - mostVolumes;
  return [
    ...eventful
      .slice(0, mostVolumes)
      .flatMap((replay) => [...volumeText(replay, byVolume.get(replay.volumeId), place), '']),
    ...(hidden > 0 ? [`${counted(hidden, 'more volume')} not shown; --json has all.`, ''] : []),
    ...(quiet > 0 ? [`${counted(quiet, 'volume')}: nothing would have been said or done.`, ''] : []),
  ];
}

const worstFirst = (a: VolumeReplay, b: VolumeReplay): number =>
  b.stallMinutes - a.stallMinutes || b.timeline.length - a.timeline.length;

function volumeText(
  { volumeId, timeline: events, stallMinutes, noAlarm }: VolumeReplay,
  recorded: RecordedVolume | undefined,
  { paint, columns }: Place,
): readonly string[] {
  const left = events.length - mostEvents;
  const stalled = stallMinutes === 0 ? '' : `, stalled for ${span(stallMinutes)}`;
  return [
    paint.bold(`${volumeId}${recorded === undefined ? '' : nameOf(recorded)}${stalled}`),
    ...(noAlarm === undefined ? [] : [`alarm: ${noAlarmWords(noAlarm)}`]),
    ...(events[0] === undefined
      ? []
      : [paint.dim(`── ${new Date(events[0].at).toISOString().slice(0, 10)} ──`)]),
    timeline(events.slice(0, mostEvents).map(entryOf), sentenceWidth(columns), paint),
    ...(left > 0 ? [`and ${count(left)} more; --json has all.`] : []),
  ];
}

function nameOf({ volume }: RecordedVolume): string {
  const bucket = creditBucketOf(volume);
  const baseline = bucket === undefined ? '' : `, baseline ${count(bucket.baseline)} ${bucket.unit}`;
  const name = volume.tags['Name'];
  return ` ${volume.configuration.type} ${count(volume.size)} GiB${baseline}${name === undefined ? '' : `, ${cut(name)}`}`;
}

const who: Readonly<Record<Replayed['kind'], string>> = {
  alarmed: 'CloudWatch',
  announced: 'responder',
  acted: 'responder',
  returned: 'responder',
  ended: 'responder',
  relieved: 'AWS',
  'hit-wall': 'volume',
  'left-wall': 'volume',
};

const turns: readonly Replayed['kind'][] = ['alarmed', 'acted', 'returned', 'hit-wall'];

const entryOf = (event: Replayed): TimelineEntry => ({
  at: event.at,
  who: who[event.kind],
  kind: turns.includes(event.kind) ? 'turn' : 'step',
  text: event.kind === 'hit-wall' ? 'at the wall' : eventWords(event),
});
