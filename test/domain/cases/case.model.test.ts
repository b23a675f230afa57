import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { answerCase, type ModifyAnswer } from '../../../core/domain/cases/answer-case.ts';
import {
  type Case,
  type Intended,
  legalTransitions,
  type OpenCase,
} from '../../../core/domain/cases/case.ts';
import type { CaseStep } from '../../../core/domain/cases/case-step.ts';
import { stepCase } from '../../../core/domain/cases/step-case.ts';
import { priceOf } from '../../../core/domain/cost.ts';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Decision, Ending, Plan, Verdict } from '../../../core/domain/deciding/decision.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import {
  after,
  gibibytes,
  type Instant,
  iops,
  mebibytesPerSecond,
  minutes,
  percent,
} from '../../../core/domain/units.ts';
import { type Configuration, isSame } from '../../../core/domain/volume.ts';
import { someSubject } from '../some-case.ts';
import { noon } from '../some-volume.ts';

const size = gibibytes(500);
const burstable = fc.constantFrom<Configuration>({ type: 'gp2' }, { type: 'st1' }, { type: 'sc1' });
const provisioned = fc.oneof(
  fc.record({
    type: fc.constant('gp3' as const),
    iops: fc.integer({ min: 3_000, max: 16_000 }).map(iops),
    throughput: fc.integer({ min: 125, max: 1_000 }).map(mebibytesPerSecond),
  }),
  fc.record({
    type: fc.constantFrom('io1' as const, 'io2' as const),
    iops: fc.integer({ min: 100, max: 16_000 }).map(iops),
  }),
);

const planFrom = (purpose: Plan['purpose'], from: Configuration, to: Configuration): Plan => ({
  purpose,
  from,
  to,
  price: priceOf(size, from, to, usEast1Prices),
  slowerThanBurst: undefined,
});

const unseen: Forecast = { kind: 'unknown', why: 'no-data', detail: 'none' };
const draining = (now: Instant): Forecast => {
  const wall = after(now, minutes(10));
  return {
    kind: 'draining',
    balance: percent(20),
    asOf: now,
    age: minutes(0),
    earliestWall: wall,
    percentPerMinute: -2,
    wall: { earliest: wall, likely: wall, latest: undefined },
  };
};

const verdicts = fc.constantFrom<Verdict>(
  { kind: 'too-early' },
  { kind: 'averted' },
  { kind: 'relieved' },
  { kind: 'unknown', why: 'none' },
  { kind: 'not-relieved', latency: 9, queue: 9, usualLatency: 1, usualQueue: 1 },
);

/** As chooseTarget() gives it: gp3 for gp2 stays, so that a bridge always costs more than what it goes back to. */
const purposeOf = ({ latencyCritical, from, to }: Draw): Plan['purpose'] => {
  if (latencyCritical) return 'keep';
  return from.type === 'gp2' && to.type === 'gp3' ? 'fix' : 'bridge';
};

/** The endings that decide() and the use cases give from each state. */
const endings: Readonly<Record<OpenCase['state'], readonly Ending[]>> = {
  watching: ['recovered', 'detached', 'cannot-run-out', 'yielded', 'gone'],
  announced: ['recovered', 'detached', 'cannot-run-out', 'yielded', 'gone'],
  intended: ['gone'],
  upgrading: ['averted', 'relieved', 'not-relieved', 'unproved', 'failed', 'yielded', 'gone'],
  bridged: ['yielded', 'gone'],
  returning: ['put-back', 'yielded', 'gone'],
};

/** A bridge that was judged is held, not closed. */
const bridgeEndings: readonly Ending[] = ['failed', 'yielded', 'gone'];

const kindsFrom: Readonly<Record<OpenCase['state'] | 'none', readonly Decision['kind'][]>> = {
  none: ['leave', 'watch', 'warn', 'page', 'act'],
  watching: ['leave', 'watch', 'warn', 'page', 'act', 'conclude'],
  announced: ['leave', 'watch', 'warn', 'page', 'act', 'conclude'],
  intended: ['adopt', 'release', 'await', 'warn', 'page', 'conclude'],
  upgrading: ['await', 'hold', 'conclude'],
  bridged: ['hold', 'act', 'conclude'],
  returning: ['await', 'release', 'warn', 'page', 'conclude'],
};

const draws = fc.record({
  pick: fc.nat(),
  isAnswered: fc.boolean(),
  wait: fc.integer({ min: 1, max: 600 }),
  latencyCritical: fc.boolean(),
  from: burstable,
  to: provisioned,
  verdict: verdicts,
  modification: fc.constantFrom('modifying' as const, 'completed' as const, 'unknown' as const),
  ending: fc.nat(),
  answer: fc.constantFrom<ModifyAnswer>(
    { kind: 'accepted', at: noon, requestId: 'req-1' },
    { kind: 'unknown', why: 'lost' },
    { kind: 'stop', refusal: { code: 'switched-off', got: 'stop' } },
    { kind: 'refused', refusal: { code: 'aws-throttled' }, message: '', requestId: undefined },
    { kind: 'refused', refusal: { code: 'aws-type-not-in-zone' }, message: '', requestId: undefined },
    { kind: 'refused', refusal: { code: 'aws-volume-gone' }, message: '', requestId: undefined },
  ),
});
type Draw = typeof draws extends fc.Arbitrary<infer Value> ? Value : never;

const isBridge = (held: OpenCase | undefined): boolean =>
  held?.state === 'upgrading' && held.plan.purpose === 'bridge';

function kindFor(held: OpenCase | undefined, { pick }: Draw): Decision['kind'] | undefined {
  const kinds = kindsFrom[held?.state ?? 'none'];
  const kind = kinds[pick % kinds.length];
  return kind === 'hold' && held?.state === 'upgrading' && !isBridge(held) ? 'conclude' : kind;
}

function endingFor(held: OpenCase | undefined, { ending }: Draw): Ending {
  const possible = held === undefined ? [] : isBridge(held) ? bridgeEndings : endings[held.state];
  return possible[ending % possible.length] ?? 'gone';
}

function decisionFor(held: OpenCase | undefined, draw: Draw, now: Instant): Decision {
  const kind = kindFor(held, draw);
  const dueAt = after(now, minutes(1));
  switch (kind) {
    case 'watch':
      return { kind, reason: { code: 'recovering' }, forecast: draining(now), dueAt };
    case 'warn':
    case 'page':
      return {
        kind,
        reason: { code: 'heading-for-wall' },
        forecast: draining(now),
        refusals: [{ code: 'notify-mode' }],
        wouldDo: undefined,
        dueAt,
      };
    case 'act':
      return held?.state === 'bridged'
        ? {
            kind,
            reason: { code: 'demand-fits-bucket-again' },
            forecast: unseen,
            plan: planFrom('return', held.bridge.plan.to, held.bridge.plan.from),
          }
        : {
            kind,
            reason: { code: 'heading-for-wall' },
            forecast: draining(now),
            plan: planFrom(purposeOf(draw), draw.from, draw.to),
          };
    case 'adopt':
      return { kind, reason: { code: 'modification-running' }, startedAt: now };
    case 'release':
      return { kind, reason: { code: 'intent-unresolved' }, dueAt };
    case 'await': {
      const progress = { modification: draw.modification, percent: 5, verdict: draw.verdict };
      return { kind, reason: { code: 'modification-running' }, progress, dueAt };
    }
    case 'hold':
      return {
        kind,
        reason: { code: 'bridge-still-needed' },
        verdict: draw.verdict,
        refused: undefined,
        dueAt,
      };
    case 'conclude':
      return { kind, ending: endingFor(held, draw), reason: { code: 'volume-gone' } };
    default:
      return { kind: 'leave', reason: { code: 'cannot-run-out' } };
  }
}

/** What the walk remembers beside the case: the volume as AWS would have it, and what the ledger holds for it. */
class Walk {
  held: Case | undefined;
  now = noon;
  committed = 0;
  volume: Configuration | undefined;
  requestsInFlight = 0;
  readonly steps: CaseStep[] = [];
  readonly transitions = new Set<string>();

  take(draw: Draw): void {
    this.now = after(this.now, minutes(draw.wait));
    const open = this.held?.state === 'closed' ? undefined : this.held;
    if (open?.state === 'intended' && draw.isAnswered) this.#answer(open, draw.answer);
    else this.#decide(open, draw);
  }

  #decide(open: OpenCase | undefined, draw: Draw): void {
    const decision = decisionFor(open, draw, this.now);
    const context = { now: this.now, subject: someSubject, mutedUntil: undefined, requests: [] };
    const step = stepCase(open, decision, context, {
      id: `EB-${this.steps.length}`,
      volumeId: someSubject.volumeId,
    });
    if (step !== undefined) this.#apply(open, step);
  }

  #answer(held: Intended, answer: ModifyAnswer): void {
    const step = answerCase(held, answer, minutes(15), this.now);
    if (step !== undefined) this.#apply(held, step);
  }

  #apply(from: OpenCase | undefined, step: CaseStep): void {
    const { next, ledger } = step;
    if (from !== undefined) {
      expect(legalTransitions[from.state]).toContain(next.state);
      this.transitions.add(`${from.state} -> ${next.state}`);
    }
    expect(next.version).toBe((from?.version ?? 0) + 1);
    this.#request(from, step);
    if (ledger.kind === 'claim') this.committed += Math.max(0, ledger.monthlyIncrease);
    if (ledger.kind === 'release') this.committed -= ledger.monthlyIncrease;
    if (next.state === 'closed') this.#end(next);
    this.held = next;
    this.steps.push(step);
  }

  /** A request is in flight from its intent until the case knows what became of it. */
  #request(from: OpenCase | undefined, { next, ledger }: CaseStep): void {
    const wasBusy = from !== undefined && 'plan' in from;
    const isBusy = next.state !== 'closed' && 'plan' in next;
    if (ledger.kind === 'claim') {
      expect(wasBusy).toBe(false);
      expect(next.state).toBe('intended');
    }
    if (next.state === 'upgrading' || next.state === 'returning') {
      expect(['intended', next.state]).toContain(from?.state);
    }
    this.requestsInFlight += Number(isBusy) - Number(wasBusy);
    expect(this.requestsInFlight).toBeLessThanOrEqual(1);
    if (from?.state === 'intended' && next.state === 'upgrading') this.volume = next.plan.to;
    if (next.state === 'closed' && next.ending === 'put-back' && from?.state === 'returning') {
      expect(this.volume !== undefined && isSame(this.volume, from.plan.from)).toBe(true);
      expect(from.plan.to).toEqual(from.bridge.plan.from);
    }
  }

  #end({ stays }: Extract<Case, { state: 'closed' }>): void {
    this.requestsInFlight = 0;
    expect(this.committed).toBeCloseTo(stays === undefined ? 0 : Math.max(0, stays.price.difference), 6);
    this.committed = 0;
  }
}

describe('a case under any history of decisions and answers', () => {
  test.prop([fc.array(draws, { minLength: 1, maxLength: 40 })], { numRuns: 1_000 })(
    'takes only legal steps, one version each, never two requests in flight, and ends with what it committed given back',
    (history) => {
      const walk = new Walk();
      for (const draw of history) walk.take(draw);
    },
  );

  test.prop([fc.array(draws, { minLength: 1, maxLength: 40 })], { numRuns: 500 })(
    'acts only after its intent was written, and says of every act what came of it',
    (history) => {
      const walk = new Walk();
      for (const draw of history) walk.take(draw);
      for (const [index, { next, said }] of walk.steps.entries()) {
        if (said?.kind !== 'acted' && said?.kind !== 'returning') continue;
        const before = walk.steps[index - 1]?.next;
        expect(before).toMatchObject({
          state: 'intended',
          id: next.id,
          version: next.version - 1,
          plan: said.plan,
        });
      }
    },
  );

  test.prop([burstable, provisioned])('restores exactly what an upgrade changed', (from, to) => {
    const there = planFrom('bridge', from, to);
    const back = planFrom('return', there.to, there.from);
    expect(isSame(back.to, from)).toBe(true);
    expect(Object.keys(back.to)).toEqual(['type']);
    expect(back.price.difference).toBeCloseTo(-there.price.difference, 9);
  });
});

test('random histories reach every state and every step, so that the laws above are about something', () => {
  const seen = new Set<string>();
  for (const history of fc.sample(fc.array(draws, { minLength: 80, maxLength: 80 }), {
    numRuns: 400,
    seed: 1,
  })) {
    const walk = new Walk();
    for (const draw of history) walk.take(draw);
    for (const transition of walk.transitions) seen.add(transition);
  }
  const reachable = Object.entries(legalTransitions).flatMap(([from, states]) =>
    states.map((next) => `${from} -> ${next}`),
  );
  expect(reachable.filter((transition) => !seen.has(transition))).toEqual([]);
});
