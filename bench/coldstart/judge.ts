import type { BundledClients } from './clients.ts';

/** What is kept of a handler in bench/recorded-coldstart.json. Loads and starts are medians of the ratios of each round. */
export interface Figures {
  readonly clients: readonly string[];
  readonly bytes: number;
  readonly deflatedBytes: number;
  /** The same clients and commands alone, with the SDK's own search for credentials. */
  readonly bareBytes: number;
  readonly loadOverEmpty: number;
  readonly loadOverBare: number;
  /** Load and first call together. */
  readonly startOverEmpty: number;
}

export interface Measured extends Figures {
  readonly handler: string;
  readonly bundled: BundledClients;
  readonly constructed: readonly string[];
  /** Of each round. */
  readonly loadsOverBare: readonly number[];
}

/** A handler with all it does costs at most so many times what its bare clients do, in bytes and in time to load. */
const mostOverBare = 1.2;
/** Another patch release of the SDK or a few more lines are no news. */
const mostOverRecorded = 1.02;
/** How often a handler that is not over the limit may be called over it. */
const mostFalseAlarms = 0.001;
/** With fewer, even all of them over the limit prove nothing. */
export const fewestRounds = Math.ceil(Math.log2(1 / mostFalseAlarms));

/** What is wrong with a handler and what to do, one sentence each. */
export const problemsOf = (measured: Measured, recorded: Figures | undefined): readonly string[] => [
  ...clientProblems(measured),
  ...sizeProblems(measured),
  ...loadProblems(measured),
  ...recordProblems(measured, recorded),
];

function clientProblems({ handler, bundled, constructed }: Measured): readonly string[] {
  const unused = [...bundled].filter(([service]) => !constructed.includes(service));
  const unseen = constructed.filter((service) => !bundled.has(service));
  return [
    ...unused.map(([service, importers]) => {
      const way =
        importers.length > 0
          ? `through ${importers.join(', ')}: import only types from it there, or move what uses it to a file this handler does not reach`
          : 'through the SDK itself: see the alias in lib/runtime-function.ts';
      return `${handler} bundles the client of ${service} and never constructs it; it comes ${way}`;
    }),
    ...unseen.map(
      (service) =>
        `${handler} constructs the client of ${service}, which is not in its bundle: construct it by connect(…) in the file that uses it, or teach bench/coldstart/clients.ts the new way`,
    ),
  ];
}

function sizeProblems({ handler, bytes, bareBytes }: Measured): readonly string[] {
  if (bytes <= mostOverBare * bareBytes) return [];
  return [
    `${handler} has ${inBytes(bytes)}, ${inTimes(bytes / bareBytes)} its bare clients (${inBytes(bareBytes)}), at most ${inTimes(mostOverBare)} is allowed; ${lookInside(handler)}`,
  ];
}

function loadProblems({ handler, loadOverBare, loadsOverBare }: Measured): readonly string[] {
  if (!isSurelyOver(loadsOverBare, mostOverBare)) return [];
  return [
    `${handler} takes ${inTimes(loadOverBare)} as long to load as its bare clients, at most ${inTimes(mostOverBare)} is allowed; look for work that is done at import, with node --cpu-prof bench/coldstart-process.ts`,
  ];
}

function recordProblems(
  { handler, bytes, clients }: Measured,
  recorded: Figures | undefined,
): readonly string[] {
  const ifMeant = 'if meant: npm run bench:coldstart -- --record';
  if (recorded === undefined) return [`${handler} is not in bench/recorded-coldstart.json; ${ifMeant}`];
  const added = clients.filter((service) => !recorded.clients.includes(service));
  const overBudget = bytes > mostOverRecorded * recorded.bytes;
  return [
    ...added.map((service) => `${handler} did not have the client of ${service} when recorded; ${ifMeant}`),
    ...(overBudget
      ? [
          `${handler} has ${inBytes(bytes)}, ${inTimes(bytes / recorded.bytes, 3)} the recorded ${inBytes(recorded.bytes)}, at most ${inTimes(mostOverRecorded)} is allowed; ${lookInside(handler)}; ${ifMeant}`,
        ]
      : []),
  ];
}

const lookInside = (handler: string): string =>
  `what is in it: npx esbuild lambda/handlers/${handler}.ts --bundle --platform=node --format=esm --main-fields=module,main --minify --analyze --outfile=/dev/null`;

/**
 * A sign test: were the true median at the limit, each round would be over it like a tossed coin. Says so only where that
 * many rounds over it come by chance less than once in a thousand, whatever shape the noise has.
 */
export function isSurelyOver(ratios: readonly number[], limit: number): boolean {
  const over = ratios.filter((ratio) => ratio > limit).length;
  return chanceOfAtLeast(over, ratios.length) < mostFalseAlarms;
}

/** Of so many heads in so many tosses. */
function chanceOfAtLeast(heads: number, tosses: number): number {
  let exactly = 0.5 ** tosses;
  let chance = 0;
  for (let count = 0; count <= tosses; count += 1) {
    if (count >= heads) chance += exactly;
    exactly *= (tosses - count) / (count + 1);
  }
  return chance;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('the median of nothing was asked for');
  return (low + high) / 2;
}

const inBytes = (bytes: number): string => `${bytes.toLocaleString('en-US')} bytes`;
const inTimes = (ratio: number, digits = 2): string => `× ${ratio.toFixed(digits)}`;
