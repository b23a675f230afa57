import type { Fact } from './fact.ts';

/** What to do, and the line to type where there is one. */
export interface Fix {
  readonly words: string;
  readonly command?: string;
}

export interface Finding {
  readonly kind: 'finding';
  /** What it is about, e.g. `rule AlarmChanges`. */
  readonly subject: string;
  readonly got: string;
  readonly expected: string;
  readonly fix: Fix;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly subject: string;
  readonly why: string;
  /** The permission that is missing, as in a policy; `undefined` where it is not for want of one. */
  readonly needs: string | undefined;
}

/** What one check says of one thing. */
export type Answer = { readonly kind: 'ok'; readonly saw: string } | Finding | Unknown;

export const ok = (saw: string): Answer => ({ kind: 'ok', saw });

export const finding = (subject: string, got: string, expected: string, fix: Fix): Finding => ({
  kind: 'finding',
  subject,
  got,
  expected,
  fix,
});

export const unknown = (subject: string, why: string, needs?: string): Unknown => ({
  kind: 'unknown',
  subject,
  why,
  needs,
});

export interface OfFact<Value> {
  readonly seen: (value: Value) => readonly Answer[];
  readonly absent: () => readonly Answer[];
}

/** What cannot be seen is unknown, whatever it would have been. */
export function answersOf<Value>(
  subject: string,
  fact: Fact<Value>,
  { seen, absent }: OfFact<Value>,
): readonly Answer[] {
  switch (fact.kind) {
    case 'seen':
      return seen(fact.value);
    case 'absent':
      return absent();
    default:
      return [unseen(subject, fact)];
  }
}

export const unseen = (
  subject: string,
  { action, because, said }: Extract<Fact<never>, { kind: 'unseen' }>,
): Unknown => unknown(subject, said, because === 'denied' ? action : undefined);

/** What was asked of the stack or the account as a whole, and is not there: a surprise, and never taken for well. */
export const nothingThere = (subject: string) => (): readonly Answer[] => [
  unknown(subject, 'AWS says that there is no such thing'),
];

/** The trouble, or where there is none what was seen. */
export const orElse = (trouble: readonly Answer[], saw: string): readonly Answer[] =>
  trouble.length > 0 ? trouble : [ok(saw)];
