import { burstThroughput } from './credits/credit-bucket.ts';
import { type Ability, abilityOf, fitsSize, sizedTo } from './deciding/provisioned-sizing.ts';
import type { PriceList } from './prices.ts';
import { type Dollars, dollars, type Gibibytes } from './units.ts';
import { type Configuration, isSame, type ProvisionedType } from './volume.ts';
import { gp2, gp3Throughput, provisioned } from './volume-limits.ts';

/** Monthly list prices before and after a modification; see prices.ts for their date and source. */
export interface Price {
  readonly now: Dollars;
  readonly after: Dollars;
  /** after − now; may be negative. */
  readonly difference: Dollars;
  /** The other ways out and what they cost a month, cheapest first, the chosen one left out. */
  readonly alternatives: readonly { readonly configuration: Configuration; readonly monthly: Dollars }[];
  /** ISO date the price list was checked, and the Region it is for. */
  readonly listOf: { readonly checked: string; readonly region: string };
}

/** Price of one volume a month: storage and what the configuration provisions above what its type includes. */
export const monthlyPrice = (size: Gibibytes, configuration: Configuration, list: PriceList): Dollars =>
  dollars(size * list.storagePerGibibyte[configuration.type] + provisionedPrice(configuration, list));

function provisionedPrice(configuration: Configuration, list: PriceList): number {
  switch (configuration.type) {
    case 'gp3':
      return (
        Math.max(0, configuration.iops - provisioned.gp3.leastIops) * list.gp3.perIops +
        Math.max(0, configuration.throughput - gp3Throughput.least) * list.gp3.perMebibytePerSecond
      );
    case 'io1':
      return configuration.iops * list.io1PerIops;
    case 'io2':
      return io2IopsPrice(configuration.iops, list);
    default:
      return 0;
  }
}

function io2IopsPrice(iops: number, list: PriceList): number {
  const tierPrice = ({ upToIops, perIops }: PriceList['io2Tiers'][number], index: number) => {
    const from = list.io2Tiers[index - 1]?.upToIops ?? 0;
    return Math.max(0, Math.min(iops, upToIops) - from) * perIops;
  };
  return list.io2Tiers.map(tierPrice).reduce((sum, price) => sum + price, 0);
}

/** What the step from one configuration to the other does to the bill, and what the other ways out would cost. */
export function priceOf(size: Gibibytes, from: Configuration, to: Configuration, list: PriceList): Price {
  const now = monthlyPrice(size, from, list);
  const after = monthlyPrice(size, to, list);
  const alternatives = waysOut(size, from, to)
    .filter((configuration) => !isSame(configuration, to))
    .map((configuration) => ({ configuration, monthly: monthlyPrice(size, configuration, list) }))
    .toSorted((a, b) => a.monthly - b.monthly);
  return {
    now,
    after,
    difference: dollars(after - now),
    alternatives,
    listOf: { checked: list.checked, region: list.region },
  };
}

/** To stay, and each provisioned type sized alike; a type that cannot have those IOPS at this size is no way out. */
function waysOut(size: Gibibytes, from: Configuration, to: Configuration): readonly Configuration[] {
  const wish: Ability = { iops: wantedIops(from, to), throughput: wantedThroughput(size, from, to) };
  const types: readonly ProvisionedType[] = ['gp3', 'io1', 'io2'];
  const sized = types.filter((type) => fitsSize(type, size)).map((type) => comparable(type, size, wish));
  const moves = sized.filter((way) => way !== undefined).filter((way) => !isSame(way, from));
  return [from, ...moves];
}

/** io1 and io2 are compared at the same IOPS, as people do; gp3 also names its throughput. */
function comparable(type: ProvisionedType, size: Gibibytes, wish: Ability): Configuration | undefined {
  const configuration = sizedTo(type, size, type === 'gp3' ? wish : { iops: wish.iops, throughput: 0 });
  return 'iops' in configuration && configuration.iops >= wish.iops ? configuration : undefined;
}

/** The IOPS that the step is about: the target's, on the way back the ones given up. */
const wantedIops = (from: Configuration, to: Configuration): number =>
  'iops' in to ? to.iops : 'iops' in from ? from.iops : gp2.burst;

function wantedThroughput(size: Gibibytes, from: Configuration, to: Configuration): number {
  if (to.type === 'gp3') return to.throughput;
  return 'iops' in from ? abilityOf(from).throughput : burstThroughput(from.type, size);
}

/**
 * What our alarms cost a month. The free tier's 10 alarms are not subtracted: they belong to the whole account, and
 * whether somebody else uses them we do not know.
 */
export const alarmsMonthly = (alarms: number, list: PriceList): Dollars =>
  dollars(alarms * list.alarmMonthly);

/** What asking GetMetricData for this many metrics costs; no free tier covers it. */
export const metricReadsPrice = (metrics: number, list: PriceList): Dollars =>
  dollars(metrics * list.metricRead);
