/** A test that stands for a failure mode. */
export interface NamedTest {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Titles of its `describe` blocks and its own, as they are written in the file, joined by spaces. */
  readonly name: string;
  /** Of a test over a table: a text in the row that is meant. */
  readonly row?: string;
}

/** Features that were put off by name. */
type LaterFeature = 'approval and buttons' | 'host evidence' | 'organisation roll-out';

/** What we do not do, and why. */
export type Gap =
  | { readonly kind: 'later'; readonly feature: LaterFeature; readonly why: string }
  | { readonly kind: 'out of scope'; readonly why: string };

interface Described {
  readonly number: number;
  readonly failure: string;
  readonly answer: string;
}

interface Covered extends Described {
  readonly tests: readonly [NamedTest, ...NamedTest[]];
  /** The part of it that no test stands for. */
  readonly gap?: Gap;
}

interface NotCovered extends Described {
  readonly tests?: undefined;
  readonly gap: Gap;
}

/** Something that goes wrong, what we do then, and the test that proves it or the reason why there is none. */
export type FailureMode = Covered | NotCovered;

export interface FailureGroup {
  readonly title: string;
  readonly modes: readonly FailureMode[];
}

/** Names tests of one file: `inFile('test/a.test.ts')('a thing does', 'the row')`. */
export const inFile =
  (file: string) =>
  (name: string, row?: string): NamedTest => ({ file, name, ...(row !== undefined && { row }) });

/** Names tests of one file in test/scenarios. */
export const inScenarios = (name: string) => inFile(`test/scenarios/${name}.test.ts`);

export const later = (feature: LaterFeature, why: string): Gap => ({ kind: 'later', feature, why });
export const outOfScope = (why: string): Gap => ({ kind: 'out of scope', why });
