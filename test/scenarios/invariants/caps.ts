import type { Modification } from '../../../twin/ebs/simulated-volume.ts';
import type { CallRecord } from '../../../twin/endpoint.ts';
import { lambdaNamed } from '../lambdas.ts';
import { hour, minute, type ResponderAccount } from '../responder-account.ts';
import { listPrice } from './list-prices.ts';
import { policyOf } from './permission.ts';
import { type Asked, isOurs, of, onlyGrows, requestBehind, writtenIn } from './requests.ts';

/** How far the ledger can be relied upon. */
export interface Reliance {
  /**
   * When the table was lost, or restored from a backup. The ledger may lack what was claimed before, and the caps are kept
   * on what came since: a stated limit of the product (docs/limitations.md, "When the table is lost").
   */
  readonly memoryLosses?: readonly number[];
  /** By how much the clock of respond has been wrong at most, in ms, either way: it tells when the hour is over. Default 0. */
  readonly clockError?: number;
}

/** A modification of ours that AWS accepted. */
interface Act extends Modification {
  /** All of its volume, by us and by others. */
  readonly ours: readonly Modification[];
  readonly foreign: readonly Modification[];
}

/** Every ledger that anybody tried to write: one over its cap is wrong whether or not the table took it. */
export function overCapInLedger(responder: ResponderAccount): readonly string[] {
  const cap = policyOf(responder).caps.maxMonthlyIncrease;
  return writtenIn(responder).flatMap(({ at, item }) => {
    if (item['kind']?.S !== 'ledger') return [];
    const { committed } = JSON.parse(item['body']?.S ?? '') as { readonly committed: number };
    return committed <= cap ? [] : [`${timeOf(at)} $${committed} committed, cap $${cap}`];
  });
}

/** What AWS bills for our acts, as it stood after each of them, whatever the ledger says. */
export function overSpend(
  responder: ResponderAccount,
  asked: readonly Asked[],
  { memoryLosses = [] }: Reliance,
): readonly string[] {
  const cap = policyOf(responder).caps.maxMonthlyIncrease;
  const acts = actsIn(responder, asked);
  return acts
    .filter((act) => increaseOf(act) > 0)
    .map(({ startedAt }) => ({
      startedAt,
      spent: acts
        .filter((act) => isRemembered(act.startedAt, startedAt, memoryLosses) && standsAt(act, startedAt))
        .reduce((sum, act) => sum + increaseOf(act), 0),
    }))
    .filter(({ spent }) => spent > cap + aCent)
    .map(({ startedAt, spent }) => `${timeOf(startedAt)} $${spent.toFixed(2)} a month stand, cap $${cap}`);
}

/** Sums of dollars are not exact. */
const aCent = 0.01;

/** A restore takes up to this long, and an act that was claimed before the loss may be asked for after it. */
export const restoring = 5 * minute;

/** What was claimed before the newest loss is forgotten, and what was claimed in a table that was then taken away. */
const isRemembered = (startedAt: number, now: number, losses: readonly number[]): boolean =>
  losses.every((loss) => loss > now || startedAt > loss + restoring);

/**
 * Acts that AWS accepted within an hour, the way back, what failed later and what was done to volumes that are gone
 * included, against the lower of both caps. The hour is shorter by what two clocks and the runs of two acts may differ.
 */
export function overBlastRadius(
  responder: ResponderAccount,
  asked: readonly Asked[],
  { memoryLosses = [], clockError = 0 }: Reliance,
): readonly string[] {
  const { timeout } = responder.account.functions.definition(lambdaNamed(responder, 'respond'));
  const window = hour - 2 * clockError - 2 * timeout * 1_000;
  const { volumes, percentOfWatched } = policyOf(responder).caps.blastRadius;
  const accepted = acceptedOf(responder, asked);
  return accepted.flatMap(({ at, position }) => {
    const used = accepted.filter(
      (one) => one.position <= position && one.at > at - window && isRemembered(one.at, at, memoryLosses),
    ).length;
    const share = Math.floor((percentOfWatched / 100) * mostWatchedUntil(responder, at));
    const limit = Math.max(1, Math.min(volumes, share));
    return used > limit ? [`${timeOf(at)} ${used} acts within an hour, limit ${limit}`] : [];
  });
}

/** Also where the reply was lost, as far as the volume is still there to tell. */
export const acceptedOf = ({ account }: ResponderAccount, asked: readonly Asked[]): readonly Asked[] => {
  const { volumes } = account.ebs.volumes;
  return asked.filter((one) => {
    const modifications = volumes.find(({ id }) => id === one.volumeId)?.modifications ?? [];
    const own = asked.filter(of(one.volumeId));
    return one.error === undefined || modifications.some((each) => requestBehind(each, own) === one);
  });
};

/** How many alarms on volumes we can have had at once at most: the census that counts them may be hours old. */
function mostWatchedUntil({ account }: ResponderAccount, until: number): number {
  const watched = new Set<string>();
  let most = 0;
  for (const call of account.endpoint.calls) {
    if (call.at > until) break;
    for (const name of alarmsPutBy(call)) watched.add(name);
    for (const name of alarmsDeletedBy(call)) watched.delete(name);
    most = Math.max(most, watched.size);
  }
  return most;
}

/** Also where the reply was lost. */
const alarmsPutBy = ({ operation, input }: CallRecord): readonly string[] =>
  operation === 'PutMetricAlarm' ? [(input as { readonly AlarmName: string }).AlarmName] : [];

const alarmsDeletedBy = ({ operation, input, error }: CallRecord): readonly string[] =>
  operation === 'DeleteAlarms' && error === undefined
    ? (input as { readonly AlarmNames: readonly string[] }).AlarmNames
    : [];

/** A volume that is gone costs nothing any more, and nobody remembers its modifications. */
const actsIn = ({ account }: ResponderAccount, asked: readonly Asked[]): readonly Act[] =>
  account.ebs.volumes.volumes.flatMap(({ id, modifications }) => {
    const ours = modifications.filter(isOurs(asked.filter(of(id))));
    const foreign = modifications.filter((one) => !ours.includes(one));
    return ours.map((one) => ({ ...one, ours, foreign }));
  });

/** The volume is, or is becoming, what this act wanted: neither failed nor undone by anybody. A way back costs nothing. */
function standsAt(act: Act, at: number): boolean {
  const { startedAt, ours, foreign } = act;
  const hasFailed = (one: Modification) => one.state === 'failed' && one.endsAt <= at;
  const undoes = (one: Modification) =>
    one.startedAt > startedAt && one.startedAt <= at && !onlyGrows(one) && !hasFailed(one);
  return startedAt <= at && !hasFailed(act) && ![...ours, ...foreign].some(undoes);
}

/** A month, at list prices and at the size that the volume had then. */
const increaseOf = ({ original, target }: Act): number =>
  Math.max(0, listPrice(target) - listPrice(original));

const timeOf = (at: number): string => new Date(at).toISOString();
