import { setImmediate, setTimeout } from 'node:timers/promises';
import { replay } from '../core/application/replay/replay.ts';
import { usualAssumptions } from '../core/application/replay/replay-settings.ts';
import { instant } from '../core/domain/units.ts';
import { accountAccess } from './aws/account-access.ts';
import { assess } from './commands/assess.ts';
import { packageVersion } from './package-version.ts';
import { paint } from './render/paint.ts';
import { progressLine } from './render/progress.ts';
import { terminalColumns } from './render/terminal-columns.ts';
import { csvReport } from './report/csv-report.ts';
import { htmlReport } from './report/html-report.ts';
import { jsonReport } from './report/json-report.ts';

/** `ebs-burst assess` in this process: its terminal, its clock, its Ctrl-C. */
export async function assessProcess(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  // Once: a second Ctrl-C ends the process as it always does.
  process.once('SIGINT', () => stopping.abort());
  return assess(args, {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    progress: progressLine(process.stderr),
    paint: paint(),
    columns: terminalColumns(),
    now: () => instant(Date.now()),
    sleep: (milliseconds) => pause(milliseconds, stopping.signal),
    signal: stopping.signal,
    open: (identity, now) => accountAccess(identity, { now }),
    openDemo: async (days) => (await import('./demo/assess-account.ts')).assessDemoAccount(days),
    assumptions: usualAssumptions,
    replay: (recording, settings, turn) =>
      replay(recording, { ...settings, assumptions: usualAssumptions }, turn),
    breathe: () => setImmediate(),
    reports: { html: htmlReport, json: jsonReport, csv: csvReport },
    version: packageVersion(),
  });
}

/** Whoever waits is let go at once when somebody wants to stop. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
