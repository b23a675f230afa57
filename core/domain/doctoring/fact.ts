/** What somebody went to see with a person's rights. `unseen` names the action as in a policy, and is never taken for well. */
export type Fact<Value> =
  | { readonly kind: 'seen'; readonly value: Value }
  /** AWS says that there is no such thing. */
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'unseen';
      readonly action: string;
      readonly because: 'denied' | 'failed';
      /** AWS's own words. */
      readonly said: string;
    };

export const seen = <Value>(value: Value): Fact<Value> => ({ kind: 'seen', value });

/** The same fact of what is made of its value. */
export const mapFact = <Value, Made>(fact: Fact<Value>, make: (value: Value) => Made): Fact<Made> =>
  fact.kind === 'seen' ? seen(make(fact.value)) : fact;
