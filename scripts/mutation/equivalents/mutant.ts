/** One mutant that no test can tell from the code, found again by its text: lines move. */
export interface Mutant {
  /** Below core/domain. */
  readonly file: string;
  /** The source line it begins on, trimmed. */
  readonly line: string;
  readonly was: string;
  readonly becomes: string;
}

export interface Equivalents {
  /** Why no test can tell. */
  readonly because: string;
  readonly mutants: readonly Mutant[];
}

type Change = readonly [was: string, becomes: string];

export const at = (file: string, line: string, ...changes: readonly Change[]): readonly Mutant[] =>
  changes.map(([was, becomes]) => ({ file, line, was, becomes }));

export const never = (condition: string): Change => [condition, 'false'];
export const always = (condition: string): Change => [condition, 'true'];
export const unnamed = (text: string): Change => [`'${text}'`, '""'];
