import type { DescribeVolumesRequest } from '@aws-sdk/client-ec2';
import { type Authorise, allowEverything } from '../authorisation.ts';
import type { Service } from '../service.ts';
import type { Simulation } from '../simulation.ts';
import { type RateOf, throttled } from '../throttle.ts';
import type { AccountVolumes } from './account-volumes.ts';
import { ec2Life } from './ec2-life.ts';
import { ec2Reads } from './ec2-reads.ts';
import { ec2Writes } from './ec2-writes.ts';

export interface Ec2Options {
  readonly volumes: AccountVolumes;
  readonly simulation: Simulation;
  readonly authorise?: Authorise;
  /** Default `as-documented`: the token buckets of ec2-api-throttling. */
  readonly throttling?: 'as-documented' | 'none';
}

const READ = { capacity: 100, perSecond: 20 };
const UNFILTERED_READ = { capacity: 50, perSecond: 10 };
const TAGS = { capacity: 100, perSecond: 10 };
const MUTATING = { capacity: 50, perSecond: 5 };

/** EC2 user guide, ec2-api-throttling: each API has its own bucket; unfiltered and unpaginated reads a smaller one. */
const EC2_RATES: RateOf = (operation, input) => {
  if (operation === 'DescribeVolumes' || operation === 'DescribeInstances') {
    const { MaxResults, Filters }: DescribeVolumesRequest = input;
    const isNarrow = MaxResults !== undefined || (Filters ?? []).length > 0;
    return isNarrow
      ? { bucket: operation, rate: READ }
      : { bucket: `${operation} of everything`, rate: UNFILTERED_READ };
  }
  if (operation.startsWith('Describe')) return { bucket: operation, rate: READ };
  return { bucket: operation, rate: operation.endsWith('Tags') ? TAGS : MUTATING };
};

/** EC2, as far as volumes go. */
export function ec2Service({
  volumes,
  simulation,
  authorise = allowEverything,
  throttling,
}: Ec2Options): Service {
  const service = {
    ...ec2Reads(volumes, authorise),
    ...ec2Writes(volumes, authorise),
    ...ec2Life(volumes, simulation, authorise),
  };
  if (throttling === 'none') return service;
  return throttled(service, { simulation, rateOf: EC2_RATES, errorCode: 'RequestLimitExceeded' });
}
