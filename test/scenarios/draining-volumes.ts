import type { Account } from '../../twin/account.ts';
import { type DemandFrom, steppedDemand } from '../../twin/ebs/open-loop-workload.ts';
import { minute, startsAt } from './responder-account.ts';

export interface Draining {
  readonly sizeGiB?: number;
  /** Added to a name and the consent to act. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly demand?: readonly DemandFrom[];
}

/** Half an hour of calm tells what is usual; then 100 GiB of gp2 are empty in about 55 minutes, 20 of them announced. */
const heavy: readonly DemandFrom[] = [
  { from: startsAt, iops: 50, ioBytes: 16_384 },
  { from: startsAt + 30 * minute, iops: 1_900, ioBytes: 16_384 },
];

const consented = { 'ebs-burst:mode': 'act' } as const;

/** A gp2 volume of 100 GiB, attached and on its way to the wall from half an hour after the start. Returns its id. */
export function drainingVolume(account: Account, options: Draining = {}): string {
  const { sizeGiB = 100, tags = consented, demand = heavy } = options;
  const { volumes } = account.ebs;
  const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB, tags: { Name: 'db', ...tags } });
  volumes.attach(id, volumes.createInstance().id);
  volumes.setWorkload(id, steppedDemand(demand));
  return id;
}

/** The same that never bursts. */
export const calmVolume = (account: Account): string =>
  drainingVolume(account, { demand: [{ from: startsAt, iops: 50, ioBytes: 16_384 }] });
