import type { OpenCase } from '../../../core/domain/cases/case.ts';
import { type StepContext, stepCase } from '../../../core/domain/cases/step-case.ts';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import { minutes, percent } from '../../../core/domain/units.ts';
import { someSubject } from '../some-case.ts';
import { ahead, bridge, fix } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const context: StepContext = { now: noon, subject: someSubject, mutedUntil: undefined, requests: [] };
export const fresh = { id: 'EB-NEW', volumeId: someSubject.volumeId };
export const step = (open: OpenCase | undefined, decision: Decision, rest: Partial<StepContext> = {}) =>
  stepCase(open, decision, { ...context, ...rest }, fresh);

export const steady = {
  kind: 'steady',
  balance: percent(60),
  asOf: noon,
  age: minutes(0),
  earliestWall: ahead(minutes(20)),
} as const satisfies Forecast;
const atWall = { ...steady, kind: 'at-wall', balance: percent(0) } as const satisfies Forecast;
export const dueAt = ahead(minutes(1));
export const watch = {
  kind: 'watch',
  reason: { code: 'recovering' },
  forecast: steady,
  dueAt,
} as const satisfies Decision;
export const telling = (kind: 'warn' | 'page'): Decision => ({
  kind,
  reason: { code: 'at-wall' },
  forecast: atWall,
  refusals: [{ code: 'notify-mode' }],
  wouldDo: fix(),
  dueAt,
});
export const act = {
  kind: 'act',
  reason: { code: 'at-wall' },
  forecast: atWall,
  plan: bridge(),
} as const satisfies Decision;
export const conclude = (ending: 'recovered' | 'averted' | 'failed' | 'put-back' | 'yielded'): Decision => ({
  kind: 'conclude',
  ending,
  reason: { code: 'recovered' },
});
