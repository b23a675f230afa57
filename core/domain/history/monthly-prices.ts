import { monthlyPrice } from '../cost.ts';
import type { DemandProfile } from '../credits/demand-profile.ts';
import { chooseTarget } from '../deciding/target.ts';
import type { Policy, TargetWish } from '../policy.ts';
import type { PriceList } from '../prices.ts';
import type { Reading } from '../reading.ts';
import type { Dollars } from '../units.ts';
import type { Volume } from '../volume.ts';
import { volumePolicyOf } from '../volume-policy.ts';
import type { MonthlyPrices } from './assessment.ts';

/** What a volume that can run out costs a month as it is, as the policy would have it, and as io1 and io2. */
export function monthlyPricesOf(
  volume: Volume,
  profile: Reading<DemandProfile>,
  policy: Policy,
  prices: PriceList,
): MonthlyPrices {
  const own = volumePolicyOf(policy, volume.tags);
  const priceUnder = (asked: typeof own): Dollars | undefined => {
    const choice = chooseTarget({ volume, policy: asked, profile, typesNotInZone: [] });
    return choice.kind === 'target' ? monthlyPrice(volume.size, choice.configuration, prices) : undefined;
  };
  // As somebody who asks for that type would get it, whatever the volume's own tags wish for.
  const as = (target: TargetWish) => priceUnder({ ...own, target, latencyCritical: false });
  return { now: priceNow(volume, prices), chosen: priceUnder(own), io1: as('io1'), io2: as('io2') };
}

function priceNow({ id, size, configuration }: Volume, prices: PriceList): Dollars {
  if (configuration.type === 'standard' || configuration.type === 'unjudgeable') {
    throw new Error(`expected a volume with a credit bucket, got ${id} of type ${configuration.type}`);
  }
  return monthlyPrice(size, configuration, prices);
}
