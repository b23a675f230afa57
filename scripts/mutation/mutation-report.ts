/** The part that is read here of Stryker's JSON report (mutation-testing-report-schema, version 2); lines and columns count from 1. */
export interface MutationReport {
  /** By path from the root, e.g. `core/domain/cost.ts`. */
  readonly files: Readonly<Record<string, MutatedFile>>;
}

export interface MutatedFile {
  readonly source: string;
  readonly mutants: readonly ReportedMutant[];
}

export interface ReportedMutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}
