import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Asks until there is an answer.
 * @throws Error that says what did not come
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  patienceMs = PATIENCE_MS,
  pauseMs = PAUSE_MS,
): Promise<Answer> {
  for (const until = performance.now() + patienceMs; ; await pause(pauseMs)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Error(`${what}: not within ${patienceMs / 1_000} s`);
  }
}
