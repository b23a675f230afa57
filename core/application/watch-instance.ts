import { diffAlarms, planAlarms } from '../domain/credits/alarm-plan.ts';
import type { KeepAlarmsPorts, KeepAlarmsSettings } from './keep-alarms.ts';

/**
 * An instance started: its volumes get their alarms now instead of at the next census (attaching emits no event). Never
 * deletes; leaves the cap on the number of alarms to the census when it is close.
 */
export async function watchInstance(
  instanceId: string,
  { policy, deploymentId }: KeepAlarmsSettings,
  ports: KeepAlarmsPorts,
): Promise<{ readonly put: number }> {
  const ids = await ports.volumes.attachedTo(instanceId);
  const [actual, volumes] = await Promise.all([ports.alarms.list(), ports.volumes.describe(ids)]);
  const room = Math.max(0, policy.maxAlarms - actual.length);
  const { desired } = planAlarms([...volumes.values()], policy, deploymentId, ports.clock.now());
  const missing = diffAlarms(desired, actual, deploymentId).put.slice(0, room);
  let put = 0;
  for (const alarm of missing) {
    if ((await ports.pace.turn()) === 'over') break;
    await ports.alarms.put(alarm);
    put += 1;
  }
  return { put };
}
