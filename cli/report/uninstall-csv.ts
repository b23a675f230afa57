import type { StillUpgraded } from '../../core/domain/leaving/uninstall-plan.ts';
import { describeConfiguration } from '../../core/domain/volume.ts';
import { csvText } from './csv-text.ts';
import { iso } from './texts.ts';

const header =
  'volume,name,case,purpose,was,is_because_of_us,since,monthly_difference_usd,way_back,way_back_at';

/** A line for every volume that we moved and did not put back, for whoever takes over. */
export const uninstallCsv = (upgraded: readonly StillUpgraded[]): string =>
  `${[header, ...upgraded.map(rowOf)].join('\n')}\n`;

function rowOf(one: StillUpgraded): string {
  const { volumeId, name, caseId, plan, since, monthlyDifference, wayBack } = one;
  return [
    volumeId,
    name,
    caseId,
    plan.purpose,
    describeConfiguration(plan.from),
    describeConfiguration(plan.to),
    iso(since),
    monthlyDifference?.toFixed(2) ?? '',
    wayBack.kind,
    'at' in wayBack ? iso(wayBack.at) : '',
  ]
    .map((field, index) => (index === differenceAt ? field : csvText(field)))
    .join(',');
}

/** A number may begin with a minus. */
const differenceAt = 7;
