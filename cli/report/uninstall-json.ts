import { isToGoBack, isUnderWay, type UninstallPlan } from '../../core/domain/leaving/uninstall-plan.ts';
import type { Leaving, Step } from '../commands/uninstall-steps.ts';
import { iso } from './texts.ts';

/** The whole plan for a program; times as ISO 8601. */
export function uninstallJson(plan: UninstallPlan, leaving: Leaving, steps: readonly Step[]): string {
  const { alarms, tagged, instructed } = plan;
  const { account, region, stack, isStackThere, table, switchParameter, switchSays } = leaving;
  const document = {
    at: iso(plan.at),
    account,
    region,
    stack: { name: stack, there: isStackThere },
    table,
    switch: { parameter: switchParameter, says: switchSays.kind === 'read' ? switchSays.value : null },
    upgraded: plan.upgraded.map(({ volumeId, name, caseId, plan: { purpose, from, to }, ...rest }) => ({
      volume: volumeId,
      name,
      case: caseId,
      purpose,
      from,
      to,
      since: iso(rest.since),
      monthlyDifference: rest.monthlyDifference ?? null,
      wayBack: 'at' in rest.wayBack ? { ...rest.wayBack, at: iso(rest.wayBack.at) } : rest.wayBack,
    })),
    openCases: plan.openCases.map((one) => ({
      case: one.id,
      volume: one.volumeId,
      state: one.state,
      underWay: isUnderWay(one),
      goesBack: isToGoBack(one),
    })),
    alarms: alarms.kind === 'read' ? alarms.value : { unread: alarms.why },
    tags: tagged.map(({ volumeId, keys }) => ({ volume: volumeId, keys })),
    instructedVolumes: instructed,
    steps,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
