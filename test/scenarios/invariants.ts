import { expect } from 'vitest';
import { overBlastRadius, overCapInLedger, overSpend, type Reliance } from './invariants/caps.ts';
import { onOldEvidence } from './invariants/evidence.ts';
import {
  foreignUndone,
  inexactReturn,
  overlaps,
  slotsOverspent,
  withoutIntent,
} from './invariants/modifications.ts';
import {
  againstSwitch,
  alwaysAs,
  type ConsentTurn,
  mayAct,
  ofOthers,
  onOldPermit,
  type SwitchTurn,
  withoutConsent,
} from './invariants/permission.ts';
import { askedOf, intentsOf, text } from './invariants/requests.ts';
import type { ResponderAccount } from './responder-account.ts';

export type { ConsentTurn, SwitchTurn } from './invariants/permission.ts';

/** What somebody who watches the whole account has written down, because its records do not keep it. */
export interface Witnessed extends Reliance {
  readonly turns?: readonly SwitchTurn[];
  /** Left out: consent tags never changed. */
  readonly consents?: readonly ConsentTurn[];
  /** How far Describe… calls lag behind, in ms: what they cannot have shown, nobody can have heeded. Default 0. */
  readonly describeLag?: number;
}

/** What must hold after every story, whatever happened in it. */
export const expectInvariants = (responder: ResponderAccount, turns: readonly SwitchTurn[] = []): void =>
  expect(breachesIn(responder, { turns })).toEqual([]);

/** One line per breach, e.g. `I4: 2026-03-02T09:52:05.000Z vol-0… {"VolumeType":"gp3"}`. */
export function breachesIn(
  responder: ResponderAccount,
  { turns = [], consents, describeLag = 0, ...reliance }: Witnessed = {},
): readonly string[] {
  const asked = askedOf(responder, describeLag);
  const intents = intentsOf(responder);
  const { volumes } = responder.account.ebs.volumes;
  const found = {
    I1: volumes.flatMap(({ id, modifications }) => overlaps(id, modifications, asked)),
    I2: volumes.flatMap(({ id, modifications }) => slotsOverspent(id, modifications, asked)),
    I3: againstSwitch(responder, asked, turns),
    I4: [
      ...withoutConsent(responder, asked, consents ?? alwaysAs(responder, asked)),
      ...ofOthers(responder, asked),
    ],
    I5: [
      ...overCapInLedger(responder),
      ...overSpend(responder, asked, reliance),
      ...overBlastRadius(responder, asked, reliance),
    ],
    I6: asked.flatMap((one, index) => withoutIntent(one, asked.slice(0, index), intents)),
    I7: asked.flatMap((one) => inexactReturn(one, volumes, intents)),
    I8: volumes.flatMap(({ id, modifications }) => foreignUndone(id, modifications, asked, intents)),
    I11: mayAct(responder) ? [] : asked.map(text),
    I12: [...onOldPermit(responder, asked), ...onOldEvidence(responder, asked, intents, reliance)],
  };
  return Object.entries(found).flatMap(([name, lines]) => lines.map((line) => `${name}: ${line}`));
}
