import { always, at, type Equivalents, never, unnamed } from './mutant.ts';

export const answeredBefore: Equivalents = {
  because: 'Another line has answered for this value already, or answers the same',
  mutants: [
    ...at(
      'cases/announce-case.ts',
      "if (seen.kind === 'unknown') return held.state === 'announced' ? held.lastSeen : undefined;",
      always("held.state === 'announced'"),
    ),
    ...at(
      'cases/case-transitions.ts',
      "bridge: held.state === 'bridged' ? held.bridge : undefined,",
      always("held.state === 'bridged'"),
    ),
    ...at(
      'deciding/guards/consent.ts',
      "? { code: 'muted', until: mutedUntil?.end === 'told' ? mutedUntil.at : undefined }",
      ['mutedUntil?.end', 'mutedUntil.end'],
    ),
    ...at(
      'cases/announce-case.ts',
      'if (news === undefined && held.told !== undefined) return held.told;',
      always('held.told !== undefined'),
    ),
    ...at('cases/announce-case.ts', 'const told = news ?? { what, at: now, codes, easedAt: undefined };', [
      '{ what, at: now, codes, easedAt: undefined }',
      '{}',
    ]),
    ...at(
      'cases/announce-case.ts',
      "const promisedAt = decision.kind === 'warn' && !isWordDue(held.told, now) ? decision.promisedAt : undefined;",
      always("decision.kind === 'warn'"),
    ),
    ...at(
      'cases/answer-case.ts',
      "if (refusal.code === 'aws-slots-used' && refusal.nextSlotAt !== undefined)",
      always("refusal.code === 'aws-slots-used'"),
    ),
    ...at(
      'cases/case-transitions.ts',
      '? (held.told ?? { what, at: now, codes: [code], easedAt: undefined })',
      ['{ what, at: now, codes: [code], easedAt: undefined }', '{}'],
      ['[code]', '[]'],
    ),
    ...at('cases/case-transitions.ts', 'const known = common.told?.codes ?? [];', [
      '[]',
      '["Stryker was here"]',
    ]),
    ...at(
      'cases/conclude-case.ts',
      'const stays = plan !== undefined && remains(ending) ? plan : undefined;',
      always('plan !== undefined'),
    ),
    ...at(
      'cases/conclude-case.ts',
      "if (held.state === 'intended') return held.bridge?.plan ?? held.plan;",
      always("held.state === 'intended'"),
    ),
    ...at(
      'cases/conclude-case.ts',
      "return held.state === 'upgrading' ? held.plan : undefined;",
      always("held.state === 'upgrading'"),
    ),
    ...at(
      'cases/told.ts',
      'if (news !== undefined || told === undefined) return news;',
      never('told === undefined'),
    ),
    ...at('credits/credit-bucket.ts', 'default:', ['default:\n      return undefined;', 'default:']),
    ...at(
      'credits/demand-profile.ts',
      'while (index < balance.length && endOf(balance[index]) <= sample.at) index += 1;',
      ['index < balance.length', 'index <= balance.length'],
      always('index < balance.length'),
    ),
    ...at(
      'credits/demand-profile.ts',
      'sample === undefined ? (Number.POSITIVE_INFINITY as Instant) : after(sample.at, sample.period);',
      never('sample === undefined'),
    ),
    ...at(
      'credits/demand-profile.ts',
      'ranOut ||= change < 0 && balance + change < 0;',
      ['change < 0', 'change <= 0'],
      always('change < 0'),
    ),
    ...at(
      'credits/forecast.ts',
      'latest: gentlest > 0 ? arrivalAtLast(earliest, seen.asOf, missing / gentlest) : undefined,',
      ['gentlest > 0', 'gentlest >= 0'],
    ),
    ...at(
      'credits/forecast.ts',
      'if (first === undefined || last === undefined || first === last) return undefined;',
      never('first === undefined || last === undefined'),
      ['first === undefined || last === undefined', 'first === undefined && last === undefined'],
      never('first === undefined'),
      never('last === undefined'),
    ),
    ...at('credits/forecast.ts', 'const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);', [
      'a > b',
      'a >= b',
    ]),
    ...at('credits/verdict.ts', 'latency: latency.at(-1)?.value ?? 0,', [
      'latency.at(-1)?.value',
      'latency.at(-1).value',
    ]),
    ...at('credits/verdict.ts', 'queue: queue.at(-1)?.value ?? 0,', [
      'queue.at(-1)?.value',
      'queue.at(-1).value',
    ]),
    ...at(
      'credits/verdict.ts',
      "if (seenUntil === undefined) return { kind: 'unknown', why: 'no latency or queue was published lately' };",
      never('seenUntil === undefined'),
      ["{ kind: 'unknown', why: 'no latency or queue was published lately' }", '{}'],
      unnamed('unknown'),
      unnamed('no latency or queue was published lately'),
    ),
    ...at(
      'credits/verdict.ts',
      'const ends = all.map((series) => series.at(-1)).filter((sample) => sample !== undefined);',
      [
        'all.map((series) => series.at(-1)).filter((sample) => sample !== undefined)',
        'all.map(series => series.at(-1))',
      ],
      always('sample !== undefined'),
    ),
    ...at('credits/verdict.ts', 'return ends.length === 0', never('ends.length === 0')),
    ...at(
      'deciding/decide-follow.ts',
      "return 'usual' in verdict && verdict.usual !== undefined ? { usual: verdict.usual } : {};",
      [
        "'usual' in verdict && verdict.usual !== undefined",
        "'usual' in verdict || verdict.usual !== undefined",
      ],
      always('verdict.usual !== undefined'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      'if (held !== undefined && hasHeld(situation, closingLine(threshold))) {',
      always('held !== undefined'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "const urgent = seen.kind === 'at-wall' || likelyWithin(seen, situation.now, rules.policy.leadTime);",
      never("seen.kind === 'at-wall'"),
      unnamed('at-wall'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "seen.kind === 'draining' && !urgent",
      always("seen.kind === 'draining'"),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "if (from.type === 'standard') return withoutTarget({ code: 'magnetic' });",
      never("from.type === 'standard'"),
      unnamed('standard'),
      ["{ code: 'magnetic' }", '{}'],
      unnamed('magnetic'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "if (from.type === 'unjudgeable') return withoutTarget({ code: 'unjudgeable', got: from.got });",
      never("from.type === 'unjudgeable'"),
      unnamed('unjudgeable'),
      ["{ code: 'unjudgeable', got: from.got }", '{}'],
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "if (balance.kind === 'unread') return false;",
      never("balance.kind === 'unread'"),
      unnamed('unread'),
      ['false', 'true'],
    ),
    ...at(
      'deciding/decide-rescue.ts',
      'return oldest !== undefined && oldest.at <= since && recent.every((sample) => sample.value >= line);',
      always('oldest !== undefined'),
    ),
    ...at(
      'deciding/decide-return.ts',
      'return start > at ? [{ at, period: between(at, start), value: 0 }] : [];',
      always('start > at'),
      ['start > at', 'start >= at'],
    ),
    ...at('deciding/target.ts', "case 'sc1':", unnamed('sc1')),
    ...at(
      'notices/heartbeat.ts',
      "notice.census.kind === 'read' && isLate(notice)",
      always("notice.census.kind === 'read'"),
    ),
    ...at('notices/facts-of-cost.ts', 'if (isInForce(story)) return story.acts.at(-1)?.said.plan;', [
      'story.acts.at(-1)?.said',
      'story.acts.at(-1).said',
    ]),
    ...at('notices/storm-facts.ts', '.filter((at) => at !== undefined)', always('at !== undefined')),
    ...at(
      'notices/storm-facts.ts',
      'stories.length >= stormSize && (zonesOf(stories)[0]?.[1] ?? 0) >= 0.9 * stories.length;',
      ['zonesOf(stories)[0]?.[1]', 'zonesOf(stories)[0][1]'],
    ),
  ],
};
