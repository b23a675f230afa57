import * as v from 'valibot';
import type { ChannelName } from '../../core/application/ports.ts';

const known: readonly ChannelName[] = ['sns', 'slack'];

/** The channels every notice gets a row for, e.g. `sns,slack`. */
export const channels = v.pipe(
  v.string('expected channel names, got none'),
  v.transform((list) => list.split(',').filter((name) => name !== '')),
  v.array(v.picklist(known, `expected channels out of ${known.join(', ')}`)),
  v.minLength(1, 'expected at least one channel'),
);
