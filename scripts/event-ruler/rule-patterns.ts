import { synthesize } from '../../cli/demo/synthesize.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { Json } from './corpus.ts';

export interface RulePattern {
  /** Logical id without its hash, e.g. `ResponderAlarmChanges`; of a filter that of the source mapping. */
  readonly rule: string;
  readonly pattern: Json;
}

/** Without these two, synthesis warns. */
const quiet = { runbookUrl: 'https://wiki.example.com/ebs-burst', mailTo: ['storage@example.com'] };

/** The templates a user can get differ by these; their patterns must all be in the corpus. */
const SETTINGS: readonly EbsBurstResponderProps[] = [
  { ...quiet, mode: 'off' },
  { ...quiet, mode: 'act', slack: { channel: 'C0TWIN0001', tokenParameter: '/ebs-burst/slack-token' } },
];

/** Every pattern in the synthesized templates once: of rules, and of filters on streams and queues. */
export function rulePatterns(): readonly RulePattern[] {
  const found = SETTINGS.flatMap((settings) =>
    Object.entries(synthesize(settings).Resources).flatMap(([id, { Properties = {} }]) =>
      patternsIn(Properties).map((pattern) => ({ rule: id.replace(/[0-9A-F]{8}$/, ''), pattern })),
    ),
  );
  return [...new Map(found.map((each) => [JSON.stringify(each.pattern), each])).values()];
}

function patternsIn(properties: Json): readonly Json[] {
  const { EventPattern, FilterCriteria } = properties as {
    EventPattern?: Json;
    FilterCriteria?: { Filters: readonly { Pattern: string }[] };
  };
  const filters = FilterCriteria?.Filters.map(({ Pattern }): Json => JSON.parse(Pattern)) ?? [];
  return EventPattern === undefined ? filters : [EventPattern, ...filters];
}
