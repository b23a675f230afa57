import type { VolumeId } from '../../core/domain/volume.ts';
import { consent, fallingTo } from '../domain/some-situation.ts';
import { someVolume } from '../domain/some-volume.ts';
import { fakeAccount } from '../fakes/fake-account.ts';

export const id = someVolume().id;
const draining = fallingTo(30, 3);
export const numbered = (number: number): VolumeId => `vol-${String(number).padStart(8, '0')}`;

export const takenError =
  'Error: its new case could not be written: another worker was faster, or the item of its case cannot be read; the queue brings the volume back';

/** Volumes that all run out in ten minutes and may be moved. */
export function draining100GiB(count = 1, tags: Record<string, string> = {}) {
  const volumes = Array.from({ length: count }, (_, index) =>
    someVolume({ id: count === 1 ? id : numbered(index), tags: { ...consent, ...tags } }),
  );
  const account = fakeAccount(...volumes);
  for (const volume of volumes) account.metrics.setBalance(volume.id, draining);
  return account;
}
