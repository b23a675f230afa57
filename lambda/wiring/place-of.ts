import type { Place } from '../../core/domain/notices/subject.ts';
import type { Runtime } from './runtime.ts';

/** Where a function runs; Lambda itself sets AWS_REGION. */
export function placeOf({ environment }: Runtime, account: string): Place {
  const region = environment['AWS_REGION'];
  if (region !== undefined && region !== '') return { account, region };
  throw new Error('AWS_REGION is not set; Lambda sets it, elsewhere set it to the Region of the deployment');
}
