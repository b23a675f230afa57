import type { Usual, Verdict } from '../deciding/decision.ts';
import type { Symptom } from '../deciding/situation.ts';
import type { Reading, Sample, Series } from '../reading.ts';
import { after, before, type Instant, latest, minutes } from '../units.ts';

/** How long latency and queue must have held (design principle 8). */
const settleTime = minutes(10);
/** AWS promises relief in "minutes to a few hours"; after this we say that it has not come, and go on looking. */
const patience = minutes(30);
/** What was usual is taken from the hours before the trouble, the last minutes left out. */
const referenceEnd = minutes(5);
const leastReference = 10;

/** Above both factor and offset, so that 0.5 ms against 0.2 ms is no symptom and 80 ms against 3 ms is. */
const band = { factor: 2, latencyMilliseconds: 5, queue: 2 } as const;

export interface Treatment {
  readonly acceptedAt: Instant;
  readonly predictedWall: Instant | undefined;
}

/**
 * Whether the symptom is gone, from latency (ms per I/O) and queue length, one sample per minute. Minutes without
 * I/O have no latency sample and count as calm.
 */
export function verdictOn(symptom: Reading<Symptom>, treatment: Treatment, now: Instant): Verdict {
  if (symptom.kind === 'unread') return { kind: 'unknown', why: symptom.why };
  const usual = usualBand(symptom.value, treatment);
  if (usual === undefined)
    return { kind: 'unknown', why: 'too little was recorded before to know what is usual' };
  const { latency, queue } = symptom.value;
  const outside = [
    ...outsideOf(latency, usual.latency, treatment),
    ...outsideOf(queue, usual.queue, treatment),
  ];
  const seenUntil = endOf(latency, queue);
  if (seenUntil === undefined) return { kind: 'unknown', why: 'no latency or queue was published lately' };
  const lastOutside = outside.reduce((end, sample) => Math.max(end, sample.at + sample.period), 0);
  const levels: Usual = { latency: usual.latency.usual, queue: usual.queue.usual };
  if (outside.length === 0) return calmSinceBefore(treatment, seenUntil, levels);
  if (seenUntil - lastOutside >= settleTime) return { kind: 'relieved', usual: levels };
  if (now - treatment.acceptedAt < patience) return { kind: 'too-early' };
  return {
    kind: 'not-relieved',
    latency: latency.at(-1)?.value ?? 0,
    queue: queue.at(-1)?.value ?? 0,
    usualLatency: levels.latency,
    usualQueue: levels.queue,
  };
}

function calmSinceBefore(treatment: Treatment, seenUntil: Instant, usual: Usual): Verdict {
  const { acceptedAt, predictedWall } = treatment;
  if (seenUntil < after(latest(acceptedAt, predictedWall ?? acceptedAt), settleTime))
    return { kind: 'too-early' };
  // A wall that had come before the change was not averted by it, even where nobody felt it.
  const hadCome = predictedWall !== undefined && predictedWall < acceptedAt;
  return { kind: hadCome ? 'relieved' : 'averted', usual };
}

interface Band {
  readonly usual: number;
  readonly top: number;
}

function usualBand(symptom: Symptom, treatment: Treatment): { latency: Band; queue: Band } | undefined {
  const troubleAt = Math.min(
    treatment.acceptedAt,
    treatment.predictedWall ?? treatment.acceptedAt,
  ) as Instant;
  const reference = (series: Series) =>
    series.filter((sample) => sample.at < before(troubleAt, referenceEnd));
  const latency = reference(symptom.latency);
  const queue = reference(symptom.queue);
  if (latency.length < leastReference || queue.length < leastReference) return undefined;
  return { latency: bandOf(latency, band.latencyMilliseconds), queue: bandOf(queue, band.queue) };
}

/** The 90th percentile is usual: a quiet hour with some spikes must not make every later spike a symptom. */
function bandOf(samples: Series, offset: number): Band {
  const sorted = samples.map((sample) => sample.value).sort((a, b) => a - b);
  const usual = sorted[Math.floor(0.9 * (sorted.length - 1))] as number;
  return { usual, top: Math.max(usual * band.factor, usual + offset) };
}

const outsideOf = (series: Series, { top }: Band, treatment: Treatment): readonly Sample[] => {
  const from = Math.min(treatment.acceptedAt, treatment.predictedWall ?? treatment.acceptedAt);
  return series.filter((sample) => sample.at >= from && sample.value > top);
};

function endOf(...all: readonly Series[]): Instant | undefined {
  const ends = all.map((series) => series.at(-1)).filter((sample) => sample !== undefined);
  return ends.length === 0
    ? undefined
    : (Math.max(...ends.map((sample) => sample.at + sample.period)) as Instant);
}
