import type { CallRecord } from '../../twin/endpoint.ts';

/** Calls of a run that waited in between carry later times; those are under a key that no run has. */
export function callsByRun(calls: readonly CallRecord[]): Map<string, CallRecord[]> {
  const byRun = new Map<string, CallRecord[]>();
  for (const call of calls) {
    const key = runKey(call.principal, call.at);
    const known = byRun.get(key);
    if (known === undefined) byRun.set(key, [call]);
    else known.push(call);
  }
  return byRun;
}

/** Runs of one function that begin at the same millisecond share a key. */
export const runKey = (functionName: string, at: number): string => `${functionName} ${at}`;
