import { setImmediate } from 'node:timers/promises';
import { replay } from '../core/application/replay/replay.ts';
import { replayCommand } from './commands/replay.ts';
import { packageVersion } from './package-version.ts';
import { paint } from './render/paint.ts';
import { progressLine } from './render/progress.ts';
import { terminalColumns } from './render/terminal-columns.ts';

/** `ebs-burst replay` in this process and its terminal. */
export const replayProcess = (args: readonly string[]): Promise<number> =>
  replayCommand(args, {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    progress: progressLine(process.stderr),
    paint: paint(),
    columns: terminalColumns(),
    demoRecording: async (days) => (await import('./demo/demo-recording.ts')).demoRecording(days),
    replay,
    breathe: () => setImmediate(),
    heedCtrlC,
    version: packageVersion(),
  });

function heedCtrlC(): AbortSignal {
  const stopping = new AbortController();
  // Once: a second Ctrl-C ends the process as it always does.
  process.once('SIGINT', () => stopping.abort());
  return stopping.signal;
}
