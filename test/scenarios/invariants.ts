import { expect } from 'vitest';
import type { OpenCase } from '../../core/domain/cases/case.ts';
import { readBody } from '../../lambda/adapters/item-body.ts';
import { storedOpenCase } from '../../lambda/adapters/stored-case.ts';
import type { Modification } from '../../twin/ebs/simulated-volume.ts';
import type { CallRecord } from '../../twin/endpoint.ts';
import { lambdaNamed, switchParameter } from './lambdas.ts';
import { hour, type ResponderAccount } from './responder-account.ts';

/** A person set the kill switch; `undefined` deleted its parameter. */
export interface SwitchTurn {
  readonly at: number;
  readonly value: string | undefined;
}

interface Asked {
  readonly position: number;
  readonly at: number;
  readonly volumeId: string;
  readonly error: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface Intent {
  readonly position: number;
  readonly held: Extract<OpenCase, { state: 'intended' }>;
}

/** What must hold after every story, whatever happened in it. */
export const expectInvariants = (responder: ResponderAccount, turns: readonly SwitchTurn[] = []): void =>
  expect(breachesIn(responder, turns)).toEqual([]);

/** One line per breach, e.g. `I4: 2026-03-02T09:52:05.000Z vol-0… {"VolumeType":"gp3"}`. */
export function breachesIn(
  responder: ResponderAccount,
  turns: readonly SwitchTurn[] = [],
): readonly string[] {
  const asked = askedOf(responder);
  const intents = intentsOf(responder);
  const { volumes } = responder.account.ebs.volumes;
  const found = {
    I1: volumes.flatMap(({ id, modifications }) => overlaps(id, modifications, asked)),
    I2: volumes.flatMap(({ id, modifications }) => slotsOverspent(id, modifications, asked)),
    I3: asked.filter((one) => !saidRun(switchReadBefore(responder, one), turns)).map(text),
    I4: volumes.flatMap(({ id, tags }) => withoutConsent(responder, asked.filter(of(id)), tags)),
    I5: overCap(responder),
    I6: asked.flatMap((one, index) => withoutIntent(one, asked.slice(0, index), intents)),
    I7: asked.flatMap((one) => inexactReturn(one, volumes, intents)),
    I8: volumes.flatMap(({ id, modifications }) => foreignUndone(id, modifications, asked, intents)),
    I11: policyOf(responder).mode === 'act' ? [] : asked.map(text),
    I12: asked.filter((one) => one.at - (switchReadBefore(responder, one)?.at ?? 0) > 30_000).map(text),
  };
  return Object.entries(found).flatMap(([name, lines]) => lines.map((line) => `${name}: ${line}`));
}

function askedOf(responder: ResponderAccount): readonly Asked[] {
  const respond = lambdaNamed(responder, 'respond');
  return responder.account.endpoint.calls.flatMap(({ operation, principal, at, input, error }, position) => {
    if (operation !== 'ModifyVolume') return [];
    expect(principal, 'only respond may ask for a modification').toBe(respond);
    const { VolumeId, ...parameters } = input as Readonly<Record<string, unknown>>;
    return [{ position, at, volumeId: String(VolumeId), error, parameters }];
  });
}

interface Written {
  readonly position: number;
  readonly at: number;
  readonly item: Record<string, { S?: string }>;
}

/** What the table took in transactions, in the order of the calls that wrote it. */
function writtenIn({ account }: ResponderAccount): readonly Written[] {
  return account.endpoint.calls.flatMap(({ operation, at, input, error }, position) => {
    if (operation !== 'TransactWriteItems' || error !== undefined) return [];
    const { TransactItems = [] } = input as {
      TransactItems?: readonly { Put?: { Item: Record<string, { S?: string }> } }[];
    };
    return TransactItems.flatMap(({ Put }) => (Put === undefined ? [] : [{ position, at, item: Put.Item }]));
  });
}

/** Claims that the table took. */
const intentsOf = (responder: ResponderAccount): readonly Intent[] =>
  writtenIn(responder).flatMap(({ position, item }) => {
    if (item['kind']?.S !== 'case' || item['state']?.S !== 'intended') return [];
    const held = readBody(storedOpenCase, item as never);
    return held.state === 'intended' ? [{ position, held }] : [];
  });

/** Every ledger that was ever written, not only the last one. */
function overCap(responder: ResponderAccount): readonly string[] {
  const cap = policyOf(responder).caps.maxMonthlyIncrease;
  return writtenIn(responder).flatMap(({ at, item }) => {
    if (item['kind']?.S !== 'ledger') return [];
    const { committed } = JSON.parse(item['body']?.S ?? '') as { readonly committed: number };
    return committed <= cap ? [] : [`${new Date(at).toISOString()} $${committed} committed, cap $${cap}`];
  });
}

const of =
  (volumeId: string) =>
  (one: Asked): boolean =>
    one.volumeId === volumeId;

const text = ({ at, volumeId, parameters }: Asked): string =>
  `${new Date(at).toISOString()} ${volumeId} ${JSON.stringify(parameters)}`;

/** AWS refuses a second one; here nobody of ours may even ask while ours runs. */
function overlaps(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  return asked
    .filter(of(id))
    .filter(({ at }) => modifications.some(({ startedAt, endsAt }) => startedAt < at && at < endsAt))
    .map(text);
}

function slotsOverspent(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  const own = new Set(asked.filter(of(id)).map(({ at }) => at));
  const ours = modifications.filter(({ startedAt }) => own.has(startedAt));
  return ours.flatMap(({ startedAt }) => {
    const isRecent = (other: Modification) =>
      other.startedAt > startedAt - 24 * hour && other.startedAt <= startedAt;
    const used = { ours: ours.filter(isRecent).length, all: modifications.filter(isRecent).length };
    return used.ours > 2 || used.all > 3
      ? [`${new Date(startedAt).toISOString()} ${id} ${JSON.stringify(used)}`]
      : [];
  });
}

/**
 * After a modification that we did not ask for, none of ours within 24 hours; and however late, none that puts back a
 * bridge which somebody else has changed since.
 */
function foreignUndone(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
  intents: readonly Intent[],
): readonly string[] {
  const own = asked.filter(of(id));
  const isOurs = ({ startedAt }: Modification) => own.some(({ at }) => at === startedAt);
  const foreign = modifications.filter((one) => !isOurs(one)).map(({ startedAt }) => startedAt);
  return own
    .filter(({ at }) => modifications.some(({ startedAt }) => startedAt === at))
    .filter((one) => {
      const intent = intents.findLast(
        ({ position, held }) => position < one.position && held.volumeId === id,
      );
      const standsBackSince = Math.min(one.at - 24 * hour, intent?.held.bridge?.since ?? one.at);
      return foreign.some((at) => standsBackSince < at && at < one.at);
    })
    .map(text);
}

/** The newest reading of the kill switch before a request. */
function switchReadBefore(responder: ResponderAccount, { position }: Asked): CallRecord | undefined {
  const respond = lambdaNamed(responder, 'respond');
  return responder.account.endpoint.calls
    .slice(0, position)
    .findLast(
      ({ operation, principal, input }) =>
        operation === 'GetParameter' &&
        principal === respond &&
        (input as { Name?: string }).Name === switchParameter,
    );
}

function saidRun(reading: CallRecord | undefined, turns: readonly SwitchTurn[]): boolean {
  if (reading === undefined || reading.error !== undefined) return false;
  const last = turns.findLast(({ at }) => at <= reading.at);
  return last === undefined || last.value === 'run';
}

const policyOf = (responder: ResponderAccount) => {
  const { environment } = responder.account.functions.definition(lambdaNamed(responder, 'respond'));
  return JSON.parse(environment?.['POLICY'] ?? '') as {
    readonly mode: string;
    readonly caps: { readonly maxMonthlyIncrease: number };
    readonly act: { readonly tagKey: string; readonly values: readonly string[] };
  };
};

function withoutConsent(
  responder: ResponderAccount,
  asked: readonly Asked[],
  tags: ReadonlyMap<string, string>,
): readonly string[] {
  const { tagKey, values } = policyOf(responder).act;
  return values.includes(tags.get(tagKey) ?? '') ? [] : asked.map(text);
}

/** Each request stands on its own intent, written before it: one intent never asks twice. */
function withoutIntent(one: Asked, earlier: readonly Asked[], intents: readonly Intent[]): readonly string[] {
  const own = intents.findLast(
    ({ position, held }) => position < one.position && held.volumeId === one.volumeId,
  );
  const previous = earlier.findLast(of(one.volumeId));
  if (own === undefined) return [`${text(one)}: no intent`];
  return previous !== undefined && previous.position > own.position ? [`${text(one)}: same intent`] : [];
}

/** A volume goes back to exactly what it was before we first moved it. */
function inexactReturn(
  one: Asked,
  volumes: readonly { readonly id: string; readonly modifications: readonly Modification[] }[],
  intents: readonly Intent[],
): readonly string[] {
  const intent = intents.findLast(
    ({ position, held }) => position < one.position && held.volumeId === one.volumeId,
  );
  if (intent?.held.bridge === undefined) return [];
  const { since } = intent.held.bridge;
  const modifications = volumes.find(({ id }) => id === one.volumeId)?.modifications ?? [];
  const original = modifications.find(({ startedAt }) => startedAt === since)?.original;
  const wanted = {
    VolumeType: original?.volumeType,
    ...(original?.iops === undefined ? {} : { Iops: original.iops }),
    ...(original?.throughput === undefined ? {} : { Throughput: original.throughput }),
  };
  return JSON.stringify(wanted) === JSON.stringify(one.parameters)
    ? []
    : [`${text(one)}, was ${JSON.stringify(wanted)}`];
}
