import { dirname } from 'node:path';
import type { Equivalents, Mutant } from './equivalents/mutant.ts';
import type { MutatedFile, MutationReport, ReportedMutant } from './mutation-report.ts';

/** Here nothing may survive but what is equivalent. That 90 % of all mutants die is Stryker's own threshold. */
export const strictRoom = 'core/domain/deciding/guards';

interface RoomScore {
  /** A folder, e.g. `core/domain/cases`, without those below it. */
  readonly room: string;
  readonly killed: number;
  readonly equivalent: number;
  /** All that could be killed or are equivalent; what was ignored or did not load is not counted. */
  readonly of: number;
}

interface Survivor extends Mutant {
  /** e.g. `core/domain/cost.ts:12`. */
  readonly where: string;
}

export interface Judged {
  /** By name; a folder without a mutant that counts has none. */
  readonly rooms: readonly RoomScore[];
  readonly unexplained: readonly Survivor[];
  /** Those among them that fail the run. */
  readonly inStrictRoom: readonly Survivor[];
}

type Fate = { readonly room: string } & (
  | { readonly kind: 'killed' | 'equivalent' }
  | { readonly kind: 'survived'; readonly mutant: Survivor }
);

const domain = 'core/domain/';

export function judged({ files }: MutationReport, equivalents: readonly Equivalents[]): Judged {
  const known = new Set(equivalents.flatMap(({ mutants }) => mutants).map(keyOf));
  const fates = Object.entries(files).flatMap(([path, file]) =>
    file.mutants.flatMap((mutant) => fateOf(path, file, mutant, known)),
  );
  const unexplained = fates.flatMap((fate) => (fate.kind === 'survived' ? [fate.mutant] : []));
  return {
    rooms: [...Map.groupBy(fates, ({ room }) => room)]
      .map(([room, own]) => ({ room, ...countsOf(own) }))
      .toSorted((a, b) => a.room.localeCompare(b.room)),
    unexplained,
    inStrictRoom: unexplained.filter(({ where }) => where.startsWith(`${strictRoom}/`)),
  };
}

const keyOf = ({ file, line, was, becomes }: Mutant): string => JSON.stringify([file, line, was, becomes]);

function fateOf(
  path: string,
  file: MutatedFile,
  mutant: ReportedMutant,
  known: ReadonlySet<string>,
): readonly Fate[] {
  const room = dirname(path);
  if (mutant.status === 'Killed' || mutant.status === 'Timeout') return [{ room, kind: 'killed' }];
  if (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage') return [];
  const survivor = survivorOf(path, file, mutant);
  return [
    known.has(keyOf(survivor)) ? { room, kind: 'equivalent' } : { room, kind: 'survived', mutant: survivor },
  ];
}

function survivorOf(
  path: string,
  { source }: MutatedFile,
  { location, replacement }: ReportedMutant,
): Survivor {
  const { start, end } = location;
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const line = lines[0] ?? '';
  const upToEnd = [...lines.slice(0, -1), (lines.at(-1) ?? '').slice(0, end.column - 1)].join('\n');
  return {
    file: path.startsWith(domain) ? path.slice(domain.length) : path,
    line: line.trim(),
    was: upToEnd.slice(start.column - 1),
    becomes: replacement ?? '',
    where: `${path}:${start.line}`,
  };
}

const countsOf = (fates: readonly Fate[]) => ({
  killed: fates.filter(({ kind }) => kind === 'killed').length,
  equivalent: fates.filter(({ kind }) => kind === 'equivalent').length,
  of: fates.length,
});
