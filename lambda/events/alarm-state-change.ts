import * as v from 'valibot';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import type { LookAt } from '../../core/domain/look-at.ts';
import { isVolumeId } from '../../core/domain/volume.ts';
import { awsTime } from './aws-time.ts';
import type { Ignored } from './domain-event.ts';
import { explain } from './explain.ts';

/** AWS CloudWatch user guide, "Alarm events and EventBridge"; alarms on an expression have no `metricStat`. */
const metric = v.object({
  metricStat: v.optional(
    v.object({
      metric: v.object({
        namespace: v.string(),
        name: v.string(),
        dimensions: v.optional(v.record(v.string(), v.string()), {}),
      }),
    }),
  ),
});

/** Empty when the alarm is not muted. A mute without an end that we can read is not taken for "not muted". */
const muteDetail = v.union([v.strictObject({}), v.object({ muteWindowEnd: awsTime })]);

const event = v.object({
  detail: v.object({
    alarmName: v.string(),
    configuration: v.object({ metrics: v.array(metric) }),
    state: v.object({ value: v.picklist(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
    muteDetail: v.optional(muteDetail, {}),
  }),
});

/**
 * Every state of an alarm of ours is a reason to look: what it means is decided from fresh facts, and a volume without
 * a case costs no metric read unless it is low.
 */
export function alarmStateChange(raw: unknown): LookAt | Ignored {
  const parsed = v.safeParse(event, raw);
  if (!parsed.success) return ignored(`malformed alarm event: ${explain(parsed.issues)}`);
  const { alarmName, configuration, muteDetail: mute } = parsed.output.detail;
  const found = configuration.metrics.flatMap(({ metricStat }) => metricStat?.metric ?? []);
  const [only, ...others] = found;
  if (only === undefined || others.length > 0 || configuration.metrics.length > 1) {
    return ignored(`alarm ${alarmName} is not on a single metric`);
  }
  if (only.namespace !== 'AWS/EBS' || only.name !== 'BurstBalance') {
    return ignored(`alarm ${alarmName} is on ${only.namespace} ${only.name}, expected AWS/EBS BurstBalance`);
  }
  const volumeId = only.dimensions['VolumeId'] ?? '';
  if (!isVolumeId(volumeId)) return ignored(`alarm ${alarmName} has no volume id in its dimension VolumeId`);
  if (alarmName !== alarmNameOf(volumeId)) {
    return ignored(`alarm ${alarmName} is not ours: that of ${volumeId} is named ${alarmNameOf(volumeId)}`);
  }
  const mutedUntil = 'muteWindowEnd' in mute ? mute.muteWindowEnd : undefined;
  return { kind: 'look-at', volumeId, because: 'alarm', mutedUntil };
}

const ignored = (why: string): Ignored => ({ kind: 'ignored', why });
