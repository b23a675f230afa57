import * as v from 'valibot';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import type { LookAt, Mute } from '../../core/domain/look-at.ts';
import { after, hours, type Instant } from '../../core/domain/units.ts';
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

/** Absent or empty when the alarm is not muted. */
const noMute = v.optional(v.strictObject({}));
const muteWindow = v.object({ muteWindowEnd: awsTime });
/** How long a mute whose end we cannot read is taken to last: whoever muted it asked not to be woken. */
const assumedMute = hours(24);

const event = v.object({
  time: awsTime,
  detail: v.object({
    alarmName: v.string(),
    configuration: v.object({ metrics: v.array(metric) }),
    state: v.object({ value: v.picklist(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
    muteDetail: v.optional(v.unknown()),
  }),
});

/**
 * Every state of an alarm of ours is a reason to look: what it means is decided from fresh facts. Only ALARM may open a
 * case: a volume that stops or comes back has nobody to tell unless somebody waits for the end of its story.
 */
export function alarmStateChange(raw: unknown): LookAt | Ignored {
  const parsed = v.safeParse(event, raw);
  if (!parsed.success) return ignored(`malformed alarm event: ${explain(parsed.issues)}`);
  const { alarmName, configuration, muteDetail, state } = parsed.output.detail;
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
  const because = state.value === 'ALARM' ? 'alarm' : 'not-in-alarm';
  return { kind: 'look-at', volumeId, because, mute: muteIn(muteDetail, parsed.output.time) };
}

function muteIn(detail: unknown, eventAt: Instant): Mute {
  if (v.is(noMute, detail)) return { kind: 'not-muted', saidAt: eventAt };
  const window = v.safeParse(muteWindow, detail);
  return window.success
    ? { kind: 'muted', saidAt: eventAt, until: window.output.muteWindowEnd, end: 'told' }
    : { kind: 'muted', saidAt: eventAt, until: after(eventAt, assumedMute), end: 'assumed' };
}

const ignored = (why: string): Ignored => ({ kind: 'ignored', why });
