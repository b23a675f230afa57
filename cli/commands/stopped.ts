import type { Reading } from '../../core/domain/reading.ts';

/** Why no modification is asked for, whatever is decided: anything but `run` is a stop, also what cannot be read. */
export function stopWords(killSwitch: Reading<string> | undefined): string | undefined {
  if (killSwitch === undefined) return undefined;
  if (killSwitch.kind === 'unread')
    return `the kill switch cannot be read (${killSwitch.why}), which counts as stop`;
  return killSwitch.value === 'run' ? undefined : `the kill switch says "${killSwitch.value}"`;
}
