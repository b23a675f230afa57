import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import { type Duration, seconds } from '../../domain/units.ts';
import type { Volume } from '../../domain/volume.ts';
import type { AccessFailure, HistoryPorts, Walk } from './history-ports.ts';
import { historyWindow } from './reading-plan.ts';

/** AWS did not let us begin: there is nothing to report on. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly failure: AccessFailure;

  constructor(failure: AccessFailure) {
    super(`${failure.said} (${failure.action})`);
    this.failure = failure;
  }
}

const tries = 5;

/**
 * Every volume of the account and Region, sorted by whether it can run out.
 * @throws AccessError where AWS refuses, or throttles five walks in a row
 */
export async function walkVolumes(ports: HistoryPorts, length: Duration): Promise<Walk> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await walkOnce(ports, length);
    } catch (error) {
      const failure = ports.explain(error, 'ec2:DescribeVolumes');
      if (failure.kind !== 'throttled' || tried === tries) throw new AccessError(failure);
      await ports.pace.slowDown();
    }
  }
}

async function walkOnce({ clock, volumes, show }: HistoryPorts, length: Duration): Promise<Walk> {
  const window = historyWindow(clock.now(), length);
  const found: Volume[] = [];
  let calls = 0;
  for await (const page of volumes.all()) {
    found.push(...page);
    calls += 1;
    show({ stage: 'volumes', done: found.length, of: found.length, calls, left: seconds(0) });
  }
  const isUnjudgeable = ({ configuration }: Volume) => configuration.type === 'unjudgeable';
  const canRunOut = (volume: Volume) => creditBucketOf(volume) !== undefined;
  return {
    ...window,
    volumes: found.filter(canRunOut),
    cannotRunOut: found.filter((volume) => isInUse(volume) && !isUnjudgeable(volume) && !canRunOut(volume))
      .length,
    unjudgeable: found.filter(isUnjudgeable),
    calls,
  };
}

const isInUse = ({ attachment }: Volume): boolean => attachment.kind === 'attached';
