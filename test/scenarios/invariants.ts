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

/** From this moment on a volume carries this consent tag, or none. */
export interface ConsentTurn {
  readonly at: number;
  readonly volumeId: string;
  readonly value: string | undefined;
}

/** What somebody who watches the whole account has written down, because its records do not keep it. */
export interface Witnessed {
  readonly turns?: readonly SwitchTurn[];
  /** Left out: consent tags never changed. */
  readonly consents?: readonly ConsentTurn[];
  /** How far Describe… calls lag behind, in ms: what they cannot have shown, nobody can have heeded. Default 0. */
  readonly describeLag?: number;
}

interface Asked {
  /** What was newer than this could not be seen by the run that asked. */
  readonly seenUntil: number;
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
  expect(breachesIn(responder, { turns })).toEqual([]);

/** One line per breach, e.g. `I4: 2026-03-02T09:52:05.000Z vol-0… {"VolumeType":"gp3"}`. */
export function breachesIn(
  responder: ResponderAccount,
  { turns = [], consents, describeLag = 0 }: Witnessed = {},
): readonly string[] {
  const asked = askedOf(responder, describeLag);
  const intents = intentsOf(responder);
  const { volumes } = responder.account.ebs.volumes;
  const found = {
    I1: volumes.flatMap(({ id, modifications }) => overlaps(id, modifications, asked)),
    I2: volumes.flatMap(({ id, modifications }) => slotsOverspent(id, modifications, asked)),
    I3: asked.filter((one) => !saidRun(switchReadBefore(responder, one), turns)).map(text),
    I4: volumes.flatMap(({ id, tags }) =>
      withoutConsent(responder, asked.filter(of(id)), consents ?? alwaysAs(responder, id, tags)),
    ),
    I5: overCap(responder),
    I6: asked.flatMap((one, index) => withoutIntent(one, asked.slice(0, index), intents)),
    I7: asked.flatMap((one) => inexactReturn(one, volumes, intents)),
    I8: volumes.flatMap(({ id, modifications }) => foreignUndone(id, modifications, asked, intents)),
    I11: mayAct(responder) ? [] : asked.map(text),
    I12: asked.filter((one) => one.at - (switchReadBefore(responder, one)?.at ?? 0) > 30_000).map(text),
  };
  return Object.entries(found).flatMap(([name, lines]) => lines.map((line) => `${name}: ${line}`));
}

function askedOf(responder: ResponderAccount, describeLag: number): readonly Asked[] {
  const respond = lambdaNamed(responder, 'respond');
  let readAt = 0;
  return responder.account.endpoint.calls.flatMap(({ operation, principal, at, input, error }, position) => {
    if (operation === 'DescribeVolumesModifications' && principal === respond) readAt = at;
    if (operation !== 'ModifyVolume') return [];
    expect(principal, 'only respond may ask for a modification').toBe(respond);
    const { VolumeId, ...parameters } = input as Readonly<Record<string, unknown>>;
    return [{ position, at, seenUntil: readAt - describeLag, volumeId: String(VolumeId), error, parameters }];
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

const isOurs =
  (own: readonly Asked[]) =>
  ({ startedAt }: Modification): boolean =>
    own.some(({ at }) => at === startedAt);

/** AWS refuses a second one; here nobody of ours may even ask while ours runs, or one that could be seen. */
function overlaps(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  const own = asked.filter(of(id));
  const ours = modifications.filter(isOurs(own));
  return own
    .filter(({ at, seenUntil }) =>
      modifications.some(
        (one) => one.startedAt < at && at < one.endsAt && (ours.includes(one) || one.startedAt <= seenUntil),
      ),
    )
    .map(text);
}

function slotsOverspent(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  const own = asked.filter(of(id));
  const ours = modifications.filter(isOurs(own));
  return ours.flatMap((one) => {
    const { startedAt } = one;
    const seenUntil = own.find(({ at }) => at === startedAt)?.seenUntil ?? startedAt;
    const isRecent = (other: Modification) =>
      other.startedAt > startedAt - 24 * hour && other.startedAt <= startedAt;
    const wasSeen = (other: Modification) => ours.includes(other) || other.startedAt <= seenUntil;
    const used = {
      ours: ours.filter(isRecent).length,
      all: modifications.filter(isRecent).filter(wasSeen).length,
    };
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
  const ours = modifications.filter(isOurs(own));
  const foreign = modifications.filter((one) => !ours.includes(one));
  return own
    .filter(({ at }) => modifications.some(({ startedAt }) => startedAt === at))
    .filter((one) => {
      const intent = intents.findLast(
        ({ position, held }) => position < one.position && held.volumeId === id,
      );
      const bridgedSince = intent?.held.bridge?.since ?? one.at;
      return foreign
        .filter(({ startedAt }) => startedAt <= one.seenUntil)
        .some(
          (other) =>
            other.startedAt > one.at - 24 * hour || (other.startedAt > bridgedSince && !onlyGrows(other)),
        );
    })
    .map(text);
}

/** What a volume is can go back to what it was, whatever its size has become. */
const onlyGrows = ({ original, target }: Modification): boolean =>
  original.volumeType === target.volumeType &&
  original.iops === target.iops &&
  original.throughput === target.throughput;

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
  const last = turns.findLast(({ at }) => at < reading.at);
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

/** Neither a deployment that only tells nor one whose selector is empty selects any volume. */
const mayAct = (responder: ResponderAccount): boolean => {
  const { mode, act } = policyOf(responder);
  return mode === 'act' && act.values.length > 0;
};

const alwaysAs = (
  responder: ResponderAccount,
  volumeId: string,
  tags: ReadonlyMap<string, string>,
): readonly ConsentTurn[] => [{ at: 0, volumeId, value: tags.get(policyOf(responder).act.tagKey) }];

/** Consent that was in force at some moment between what could be seen and the request is consent. */
function withoutConsent(
  responder: ResponderAccount,
  asked: readonly Asked[],
  consents: readonly ConsentTurn[],
): readonly string[] {
  const { values } = policyOf(responder).act;
  const consented = ({ volumeId, seenUntil, at }: Asked): boolean => {
    const turns = consents.filter((turn) => turn.volumeId === volumeId && turn.at <= at);
    const inForce = turns.filter((_turn, index) => (turns[index + 1]?.at ?? at) >= seenUntil);
    return inForce.some(({ value }) => values.includes(value ?? ''));
  };
  return asked.filter((one) => !consented(one)).map(text);
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
