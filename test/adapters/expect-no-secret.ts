import { expect, vi } from 'vitest';
import type { Channel, SendAnswer } from '../../core/application/ports.ts';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';

/**
 * Sends, and fails the test when the secret, or the part of it that a reader could use, shows up in the answer, in
 * what is thrown or in anything printed.
 */
export async function expectNoSecret(
  channel: Channel,
  dispatch: Dispatch,
  secrets: readonly string[],
): Promise<SendAnswer> {
  const printed: string[] = [];
  const record = (...args: readonly unknown[]) => {
    printed.push(
      args
        .map((arg) => (arg instanceof Error ? `${arg.stack}` : (JSON.stringify(arg) ?? String(arg))))
        .join(' '),
    );
  };
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation(record);
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      record(String(chunk));
      return true;
    });
  }
  let answer: SendAnswer;
  try {
    answer = await channel.send(dispatch);
  } catch (error) {
    record(error);
    throw new Error(
      `the channel threw: ${secrets.some((secret) => printed.join().includes(secret)) ? 'with its secret' : 'without its secret'}`,
    );
  } finally {
    vi.restoreAllMocks();
  }
  const told = [JSON.stringify(answer), ...printed].join('\n');
  for (const secret of secrets) expect(told).not.toContain(secret);
  return answer;
}
