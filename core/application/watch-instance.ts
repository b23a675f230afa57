import { diffAlarms, planAlarms } from '../domain/credits/alarm-plan.ts';
import { type AppliedDiff, applyAlarmDiff } from './apply-alarm-diff.ts';
import type { KeepAlarmsPorts, KeepAlarmsSettings } from './keep-alarms.ts';

/** `left` is written by the census, within 15 minutes. */
export type WatchOutcome = Pick<AppliedDiff, 'put' | 'left' | 'errors'>;

/**
 * An instance started: its volumes get their alarms now instead of at the next census (attaching emits no event). Never
 * deletes; leaves the cap on the number of alarms to the census when it is close, and the rest while another run writes.
 */
export async function watchInstance(
  instanceId: string,
  { policy, deploymentId }: KeepAlarmsSettings,
  ports: KeepAlarmsPorts,
): Promise<WatchOutcome> {
  const ids = await ports.volumes.attachedTo(instanceId);
  const [actual, volumes] = await Promise.all([ports.alarms.list(), ports.volumes.describe(ids)]);
  const room = Math.max(0, policy.maxAlarms - actual.length);
  const { desired } = planAlarms([...volumes.values()], policy, deploymentId, ports.clock.now());
  const missing = diffAlarms(desired, actual, deploymentId).put.slice(0, room);
  const { put, left, errors } = await applyAlarmDiff({ put: missing, delete: [] }, ports);
  return { put, left, errors };
}
