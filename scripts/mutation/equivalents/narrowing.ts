import { always, at, type Equivalents, never, unnamed } from './mutant.ts';

export const narrowing: Equivalents = {
  because:
    'It narrows for the compiler only: `undefined` is in no list, and every comparison with it is false',
  mutants: [
    ...at(
      'deciding/guards/consent.ts',
      'if (got !== undefined && policy.act.values.includes(got)) return undefined;',
      always('got !== undefined'),
    ),
    ...at(
      'cases/answer-case.ts',
      'const isTime = callAt !== undefined && callAt <= now;',
      always('callAt !== undefined'),
    ),
    ...at(
      'cases/ledger.ts',
      'recentClaims: claimedAt === undefined ? ledger.recentClaims : withoutOne(ledger.recentClaims, claimedAt),',
      never('claimedAt === undefined'),
    ),
    ...at('credits/alarm-plan.ts', 'a !== undefined && Math.abs(a - b) < 1e-6;', always('a !== undefined')),
    ...at(
      'credits/forecast.ts',
      "seen.kind !== 'unknown' && seen.earliestWall <= after(now, horizon);",
      always("seen.kind !== 'unknown'"),
      unnamed('unknown'),
    ),
    ...at(
      'credits/vanishing.ts',
      'const isBelieved = since !== undefined && between(since, now) >= believedAfter;',
      always('since !== undefined'),
    ),
    ...at(
      'credits/verdict.ts',
      'const hadCome = predictedWall !== undefined && predictedWall < acceptedAt;',
      always('predictedWall !== undefined'),
    ),
    ...at(
      'deciding/decide-follow.ts',
      '(predictedWall !== undefined && now >= before(predictedWall, policy.leadTime));',
      always('predictedWall !== undefined'),
    ),
    ...at(
      'deciding/decide-follow.ts',
      "const newest = modification.kind === 'read' ? modification.value : 'never';",
      unnamed('never'),
    ),
    ...at(
      'deciding/decide-follow.ts',
      "const leads = newest !== 'never' && leadsTo(newest, held.plan.to);",
      always("newest !== 'never'"),
      unnamed('never'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      'const isTime = callAt !== undefined && callAt <= now;',
      always('callAt !== undefined'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "if (held === undefined && seen.kind === 'unknown' && seen.why === 'no-data')",
      always("seen.kind === 'unknown'"),
    ),
    ...at(
      'deciding/evidence-age.ts',
      "watched.kind === 'read' && staleCensus(watched.at, now) !== undefined ? read(0, watched.at) : watched;",
      always("watched.kind === 'read'"),
    ),
    ...at(
      'deciding/evidence-age.ts',
      "if (profile.kind === 'unread') return profile;",
      never("profile.kind === 'unread'"),
      unnamed('unread'),
    ),
    ...at(
      'notices/case-notice.ts',
      'return value !== undefined && act.values.includes(value) ? { tagKey: act.tagKey, value } : undefined;',
      always('value !== undefined'),
    ),
    ...at(
      'notices/facts-of-refusals.ts',
      "slotsUsed.kind === 'read' && slotsUsed.value < mostOurs",
      always("slotsUsed.kind === 'read'"),
    ),
    ...at(
      'notices/heartbeat.ts',
      "const isLate = ({ census }: HeartbeatNotice): boolean => census.kind === 'read' && census.value > lateAfter;",
      always("census.kind === 'read'"),
    ),
    ...at(
      'notices/storm-facts.ts',
      'return riskiest === undefined || step === undefined',
      never('riskiest === undefined'),
    ),
  ],
};
