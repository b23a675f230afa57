import type { ApiCases, ConformanceCase } from './case.ts';

/** What one account made of one case; a private case is not asked of anybody but the twin. */
export type Verdict = 'faithful' | 'not asked' | { readonly deviation: string };

export interface ApiVerdicts {
  readonly api: string;
  /** In the order of the API's cases. */
  readonly verdicts: readonly Verdict[];
}

/** An emulator that never answers must not hold up the others. */
const PATIENCE_MS = 60_000;

/**
 * Runs one case after the other, each in an account of its own.
 * @param open gives the account of the case with that number.
 */
export async function runCases<Account>(
  suite: readonly ApiCases<Account>[],
  open: (number: number) => Account,
  asked: 'all' | 'public',
): Promise<readonly ApiVerdicts[]> {
  const results: ApiVerdicts[] = [];
  let number = 0;
  for (const { api, cases } of suite) {
    const verdicts: Verdict[] = [];
    for (const one of cases) {
      number += 1;
      const isAsked = asked === 'all' || one.public;
      verdicts.push(isAsked ? await verdictOf(one, open(number)) : 'not asked');
    }
    results.push({ api, verdicts });
  }
  return results;
}

async function verdictOf<Account>(one: ConformanceCase<Account>, account: Account): Promise<Verdict> {
  const patience = new AbortController();
  try {
    await Promise.race([one.public ? one.check(account) : one.check(), tooLate(patience.signal)]);
    return 'faithful';
  } catch (error) {
    return { deviation: error instanceof Error ? nameAndMessage(error) : String(error) };
  } finally {
    patience.abort();
  }
}

/** Errors of the checks are plain and speak for themselves; of all others the name says most. */
const nameAndMessage = ({ name, message }: Error): string =>
  name === 'Error' ? message : `${name}: ${message}`;

const tooLate = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
