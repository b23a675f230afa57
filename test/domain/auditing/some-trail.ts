import type { SilentStep } from '../../../core/domain/auditing/silent-step.ts';
import type { Closed } from '../../../core/domain/cases/case.ts';
import { factsOf } from '../../../core/domain/notices/case-notice.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { upgrading, watching } from '../some-case.ts';
import { fix, policyFor, someSituation } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

export const closed = (rest: Partial<Closed> = {}): Closed => ({
  ...watching(),
  state: 'closed',
  ending: 'recovered',
  closedAt: noon,
  stays: undefined,
  ...rest,
});

export const situation = someSituation();
export const facts = (version: number) => factsOf(upgrading({ version }), situation, policyFor(situation));
export const told = (version: number, said: Said): CaseNotice => ({
  ...facts(version),
  kind: 'case',
  incident: 'IN-1',
  said,
});
export const intent: SilentStep = {
  ...facts(3),
  became: 'intended',
  reason: { code: 'heading-for-wall' },
  asked: { plan: fix(), state: 'intended', requestId: undefined },
};
export const acted: Said = {
  kind: 'acted',
  reason: { code: 'heading-for-wall' },
  plan: fix(),
  acceptedAt: noon,
  requestId: 'r-1',
};
