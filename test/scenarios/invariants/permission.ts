import { lambdaNamed, switchParameter } from '../lambdas.ts';
import type { ResponderAccount } from '../responder-account.ts';
import { type Asked, readBefore, text } from './requests.ts';

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

/** I3: each request stands on a reading of the switch, by the run that asked, that said run. */
export const againstSwitch = (
  responder: ResponderAccount,
  asked: readonly Asked[],
  turns: readonly SwitchTurn[],
): readonly string[] => asked.filter((one) => !saidRun(responder, one, turns)).map(text);

const permitLife = 30_000;

/** I12: however fresh the permit of another run. */
export const onOldPermit = (responder: ResponderAccount, asked: readonly Asked[]): readonly string[] =>
  asked.filter((one) => one.at - (switchReadBefore(responder, one)?.at ?? 0) > permitLife).map(text);

const switchReadBefore = (responder: ResponderAccount, one: Asked) =>
  readBefore(
    responder,
    one,
    ({ operation, input }) =>
      operation === 'GetParameter' && (input as { Name?: string }).Name === switchParameter,
  );

function saidRun(responder: ResponderAccount, one: Asked, turns: readonly SwitchTurn[]): boolean {
  const reading = switchReadBefore(responder, one);
  if (reading === undefined || reading.error !== undefined) return false;
  const last = turns.findLast(({ at }) => at < reading.at);
  return last === undefined || last.value === 'run';
}

export const policyOf = (responder: ResponderAccount) => {
  const { environment } = responder.account.functions.definition(lambdaNamed(responder, 'respond'));
  return JSON.parse(environment?.['POLICY'] ?? '') as {
    readonly mode: string;
    readonly caps: {
      readonly maxMonthlyIncrease: number;
      readonly blastRadius: { readonly volumes: number; readonly percentOfWatched: number };
    };
    readonly act: { readonly tagKey: string; readonly values: readonly string[] };
  };
};

/** Neither a deployment that only tells nor one whose selector is empty selects any volume. */
export const mayAct = (responder: ResponderAccount): boolean => {
  const { mode, act } = policyOf(responder);
  return mode === 'act' && act.values.length > 0;
};

/**
 * For who knows of no turn: each volume that is there has always carried the tag it has. One that AWS moved and that is gone
 * took its tags along, and nobody can say any more; what never was there never consented.
 */
export function alwaysAs(responder: ResponderAccount, asked: readonly Asked[]): readonly ConsentTurn[] {
  const { tagKey, values } = policyOf(responder).act;
  const { volumes } = responder.account.ebs.volumes;
  const gone = asked
    .filter(({ error, volumeId }) => error === undefined && !volumes.some(({ id }) => id === volumeId))
    .map(({ volumeId }) => ({ at: 0, volumeId, value: values[0] }));
  return [...volumes.map(({ id, tags }) => ({ at: 0, volumeId: id, value: tags.get(tagKey) })), ...gone];
}

/** I4, whatever tag says act: nobody here takes such a tag away, and nobody can make a volume another's. */
export function ofOthers(responder: ResponderAccount, asked: readonly Asked[]): readonly string[] {
  const belongs = responder.account.ebs.volumes.volumes.filter(
    ({ tags, options }) => options.operator !== undefined || tags.has('CSIVolumeName'),
  );
  return asked.filter(({ volumeId }) => belongs.some(({ id }) => id === volumeId)).map(text);
}

/** Consent that was in force at some moment between what could be seen and the request is consent. */
export function withoutConsent(
  responder: ResponderAccount,
  asked: readonly Asked[],
  consents: readonly ConsentTurn[],
): readonly string[] {
  const { values } = policyOf(responder).act;
  const consented = ({ volumeId, listedUntil, at }: Asked): boolean => {
    const turns = consents.filter((turn) => turn.volumeId === volumeId && turn.at <= at);
    const inForce = turns.filter((_turn, index) => (turns[index + 1]?.at ?? at) >= listedUntil);
    return inForce.some(({ value }) => values.includes(value ?? ''));
  };
  return asked.filter((one) => !consented(one)).map(text);
}
