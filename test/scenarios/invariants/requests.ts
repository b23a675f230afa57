import { expect } from 'vitest';
import type { OpenCase } from '../../../core/domain/cases/case.ts';
import { readBody } from '../../../lambda/adapters/item-body.ts';
import { storedOpenCase } from '../../../lambda/adapters/stored-case.ts';
import type { Modification } from '../../../twin/ebs/simulated-volume.ts';
import type { CallRecord } from '../../../twin/endpoint.ts';
import { lambdaNamed } from '../lambdas.ts';
import type { ResponderAccount } from '../responder-account.ts';

/** One ModifyVolume of ours, accepted or not. */
export interface Asked {
  /** What was newer than this could not be seen by the run that asked; a run that read nothing should have seen all. */
  readonly seenUntil: number;
  /** The same of its tags, which another call shows. */
  readonly listedUntil: number;
  readonly position: number;
  /** The run that asked; `undefined` where nobody knows, and then every run of respond may have been it. */
  readonly invocation: string | undefined;
  readonly at: number;
  readonly volumeId: string;
  readonly error: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Intent {
  readonly position: number;
  readonly invocation: string | undefined;
  readonly held: Extract<OpenCase, { state: 'intended' }>;
}

export function askedOf(responder: ResponderAccount, describeLag: number): readonly Asked[] {
  const { calls } = responder.account.endpoint;
  const respond = lambdaNamed(responder, 'respond');
  return calls.flatMap(({ operation, principal, invocation, at, input, error }, position) => {
    if (operation !== 'ModifyVolume') return [];
    expect(principal, 'only respond may ask for a modification').toBe(respond);
    const { VolumeId, ...parameters } = input as Readonly<Record<string, unknown>>;
    const asked = { position, invocation, at, volumeId: String(VolumeId), error, parameters };
    const shownUntil = (reading: string): number => {
      const read = readBefore(
        responder,
        asked,
        (call) => call.operation === reading && call.error === undefined,
      );
      return read === undefined ? at : read.at - describeLag;
    };
    const seenUntil = shownUntil('DescribeVolumesModifications');
    return [{ ...asked, seenUntil, listedUntil: shownUntil('DescribeVolumes') }];
  });
}

/** The newest such reading before a request by the run that asked: what another run has read meanwhile excuses nothing. */
export function readBefore(
  responder: ResponderAccount,
  { position, invocation }: Pick<Asked, 'position' | 'invocation'>,
  isReading: (call: CallRecord) => boolean,
): CallRecord | undefined {
  const respond = lambdaNamed(responder, 'respond');
  return responder.account.endpoint.calls
    .slice(0, position)
    .findLast(
      (call) =>
        isReading(call) &&
        call.principal === respond &&
        (invocation === undefined || call.invocation === invocation),
    );
}

interface Written {
  readonly position: number;
  readonly invocation: string | undefined;
  readonly at: number;
  readonly error: string | undefined;
  readonly item: Record<string, { S?: string }>;
}

/** What was to be written in transactions, in the order of the calls; with an error nobody knows from outside whether it was. */
export function writtenIn({ account }: ResponderAccount): readonly Written[] {
  return account.endpoint.calls.flatMap(({ operation, invocation, at, input, error }, position) => {
    if (operation !== 'TransactWriteItems') return [];
    const { TransactItems = [] } = input as {
      TransactItems?: readonly { Put?: { Item: Record<string, { S?: string }> } }[];
    };
    return TransactItems.flatMap(({ Put }) =>
      Put === undefined ? [] : [{ position, invocation, at, error, item: Put.Item }],
    );
  });
}

/** Claims that the table took. */
export const intentsOf = (responder: ResponderAccount): readonly Intent[] =>
  writtenIn(responder).flatMap(({ position, invocation, error, item }) => {
    if (error !== undefined || item['kind']?.S !== 'case' || item['state']?.S !== 'intended') return [];
    const held = readBody(storedOpenCase, item as never);
    return held.state === 'intended' ? [{ position, invocation, held }] : [];
  });

/** The claim that the run which asked had written before; another run's is none of its. */
export const intentBehind = (
  { position, invocation, volumeId }: Asked,
  intents: readonly Intent[],
): Intent | undefined =>
  intents.findLast(
    (intent) =>
      intent.position < position &&
      intent.held.volumeId === volumeId &&
      (invocation === undefined || intent.invocation === invocation),
  );

export const of =
  (volumeId: string) =>
  (one: Asked): boolean =>
    one.volumeId === volumeId;

export const text = ({ at, volumeId, parameters }: Asked): string =>
  `${new Date(at).toISOString()} ${volumeId} ${JSON.stringify(parameters)}`;

export const isOurs =
  (own: readonly Asked[]) =>
  ({ startedAt }: Modification): boolean =>
    own.some(({ at }) => at === startedAt);

/** The request that AWS made this of; `undefined` of what somebody else did. Of two at one instant the other was refused. */
export const requestBehind = ({ startedAt }: Modification, own: readonly Asked[]): Asked | undefined =>
  own.find(({ at, error }) => at === startedAt && error === undefined) ??
  own.find(({ at }) => at === startedAt);

/** What a volume is can go back to what it was, whatever its size has become. */
export const onlyGrows = ({ original, target }: Pick<Modification, 'original' | 'target'>): boolean =>
  original.volumeType === target.volumeType &&
  original.iops === target.iops &&
  original.throughput === target.throughput;
