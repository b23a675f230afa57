/** In upper case in mail, as a bold word in Slack. */
export type FactLabel =
  | 'What'
  | 'Did'
  | 'Expect'
  | 'Not done'
  | 'By hand'
  | 'Where'
  | 'Credits'
  | 'Cause'
  | 'Cost'
  | 'Limits'
  | 'Lock'
  | 'Undo'
  | 'Next'
  | 'Owner'
  | 'Graph'
  | 'Console'
  | 'Health'
  | 'Look at'
  | 'Runbook';

type FactValue =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  /** To be pasted: never wrapped. */
  | { readonly kind: 'command'; readonly lines: readonly string[] }
  | { readonly kind: 'link'; readonly url: string };

/** One field of a message; the same in Slack and in mail. */
export interface Fact {
  readonly label: FactLabel;
  readonly value: FactValue;
}

/** What a message says besides the notices: who speaks and where its manual is. */
export interface Stamp {
  readonly version: string;
  /** Address of docs/runbook.md; `undefined` where none was configured, for nobody can follow a path from a mail. */
  readonly runbook: string | undefined;
}

export const text = (label: FactLabel, ...lines: readonly string[]): Fact => ({
  label,
  value: { kind: 'text', lines },
});
export const link = (label: FactLabel, url: string): Fact => ({ label, value: { kind: 'link', url } });
