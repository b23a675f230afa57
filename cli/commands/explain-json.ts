import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { Forecast, InstantRange } from '../../core/domain/credits/forecast.ts';
import type { Decision, Plan } from '../../core/domain/deciding/decision.ts';
import type { GuardAnswer } from '../../core/domain/explaining/ask-guards.ts';
import type { Asked, Explanation } from '../../core/domain/explaining/explanation.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { titleOf } from '../../core/domain/notices/notice-title.ts';
import { subjectOf } from '../../core/domain/notices/subject.ts';
import type { Reading } from '../../core/domain/reading.ts';
import { sentence } from '../../core/domain/reason-texts.ts';
import type { Reason } from '../../core/domain/reasons.ts';
import type { Instant } from '../../core/domain/units.ts';
import { iso } from '../report/texts.ts';
import { doneWords } from './decision-words.ts';
import { changesOf, type Told } from './explain-text.ts';
import { recordedCaseJson } from './recorded-json.ts';
import { stopWords } from './stopped.ts';

/**
 * What `explain --json` prints: all that the text says. `version` rises when a field goes or changes its meaning; new fields
 * may come at any time. Times are ISO 8601 in UTC, dollars a month; what does not apply is null. Ends with a newline.
 */
export function explanationJson(explanation: Explanation, told: Told, version: string): string {
  const { situation, decision, credits } = explanation;
  const { now, volume, openCase } = situation;
  const { account, region, notices, lastCase, killSwitch, withConsent, assumed } = told;
  const stop = stopWords(killSwitch);
  const json = {
    format: 'ebs-burst/explanation',
    version: 1,
    madeBy: `ebs-burst ${version}`,
    at: iso(now),
    account,
    region,
    volume: {
      volumeId: volume.id,
      name: subjectOf(volume, { account, region }).name,
      configuration: volume.configuration,
      sizeGiB: volume.size,
    },
    credits: creditsOf(credits),
    case: openCase === undefined ? null : caseOf(openCase),
    decision: {
      ...decisionOf(decision),
      stopped: stop ?? null,
      words: doneWords(decision, now, stop),
    },
    withConsent: withConsent ?? null,
    guards: askedOf(explanation.asked),
    killSwitch: switchOf(killSwitch),
    whatWouldChange: changesOf(explanation, killSwitch),
    said: notices.map((notice, index) => saidOf(notice, notices.slice(0, index + 1))),
    lastCase: lastCase === undefined ? null : recordedCaseJson(lastCase),
    assumed,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : iso(at));

const creditsOf = (credits: Explanation['credits']) =>
  credits === undefined
    ? null
    : {
        unit: credits.bucket.unit,
        baseline: credits.bucket.baseline,
        burst: credits.bucket.burst,
        alarmUnderPercent: credits.threshold,
        forecast: forecastOf(credits.forecast),
      };

function forecastOf(seen: Forecast) {
  if (seen.kind === 'unknown') return seen;
  const { kind, balance, asOf } = seen;
  return {
    kind,
    balancePercent: balance,
    asOf: iso(asOf),
    percentPerMinute: 'percentPerMinute' in seen ? seen.percentPerMinute : null,
    wall: 'wall' in seen ? rangeOf(seen.wall) : null,
    full: 'full' in seen ? rangeOf(seen.full) : null,
  };
}

const rangeOf = ({ earliest, likely, latest }: InstantRange) => ({
  earliest: iso(earliest),
  likely: iso(likely),
  latest: isoOrNull(latest),
});

const caseOf = ({ id, state, version, incident, openedAt, dueAt }: OpenCase) => ({
  id,
  state,
  version,
  incident: incident ?? null,
  openedAt: iso(openedAt),
  dueAt: iso(dueAt),
});

function decisionOf(decision: Decision) {
  const plan = 'plan' in decision ? decision.plan : undefined;
  const wouldDo = 'wouldDo' in decision ? decision.wouldDo : undefined;
  return {
    kind: decision.kind,
    reason: reasonOf(decision.reason),
    plan: planOf(plan),
    wouldDo: planOf(wouldDo),
    refusals: refusalsOf(decision).map(reasonOf),
    verdict: verdictOf(decision),
    ending: 'ending' in decision ? decision.ending : null,
    looksAgainAt: 'dueAt' in decision ? iso(decision.dueAt) : null,
  };
}

function refusalsOf(decision: Decision): readonly Reason[] {
  if (decision.kind === 'hold') return decision.refused === undefined ? [] : [decision.refused.refusal];
  return 'refusals' in decision ? decision.refusals : [];
}

function verdictOf(decision: Decision): string | null {
  if (decision.kind === 'await') return decision.progress.verdict.kind;
  return decision.kind === 'hold' ? decision.verdict.kind : null;
}

const reasonOf = (reason: Reason) => ({ code: reason.code, words: sentence(reason) });

const planOf = (plan: Plan | undefined) =>
  plan === undefined
    ? null
    : {
        purpose: plan.purpose,
        from: plan.from,
        to: plan.to,
        monthlyDollars: {
          now: plan.price.now,
          after: plan.price.after,
          difference: plan.price.difference,
        },
        slowerThanBurst: plan.slowerThanBurst ?? null,
      };

/** `asked` tells which of the others are there. */
function askedOf(asked: Asked) {
  switch (asked.kind) {
    case 'followed':
      return { asked: asked.kind };
    case 'no-target':
      return { asked: asked.kind, refusal: reasonOf(asked.refusal) };
    default:
      return { asked: asked.kind, plan: planOf(asked.plan), answers: asked.answers.map(answerOf) };
  }
}

const answerOf = (answer: GuardAnswer) => ({
  guard: answer.guard.name,
  says: answer.says,
  saw: answer.saw,
  refusal: 'refusal' in answer ? reasonOf(answer.refusal) : null,
});

function switchOf(killSwitch: Reading<string> | undefined) {
  if (killSwitch === undefined) return null;
  return killSwitch.kind === 'read' ? { says: killSwitch.value } : { unknown: killSwitch.why };
}

const saidOf = (notice: CaseNotice, upToIt: readonly CaseNotice[]) => ({
  at: iso(notice.at),
  title: titleOf(upToIt),
  nextNewsAt: isoOrNull(notice.nextNewsAt),
});
