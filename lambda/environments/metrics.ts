/** One service for all handlers: a deployment is alone in its account and Region (the kill switch's name sees to that). */
export const metricScope = { namespace: 'EbsBurstResponder', service: 'ebs-burst-responder' } as const;

interface MetricMeaning {
  readonly unit: 'Count' | 'Milliseconds';
  readonly emittedBy: string;
  readonly meaning: string;
}

/**
 * Every metric we publish; the alarms of lib/self-watch.ts and docs/reference/metrics.md are made from these names.
 * A name that ends in `Completed` is published once per finished run, so its absence is the alarm.
 */
export const metrics = {
  CensusCompleted: {
    unit: 'Count',
    emittedBy: 'keep-alarms',
    meaning: 'a walk over every volume of the Region ended and its alarms were brought up to date',
  },
  AlarmsPut: { unit: 'Count', emittedBy: 'keep-alarms', meaning: 'alarms written' },
  AlarmsDeleted: { unit: 'Count', emittedBy: 'keep-alarms, clean-up', meaning: 'alarms of ours deleted' },
  VolumesWatched: {
    unit: 'Count',
    emittedBy: 'keep-alarms',
    meaning: 'volumes with an alarm after the census',
  },
  VolumesUnwatched: {
    unit: 'Count',
    emittedBy: 'keep-alarms',
    meaning: 'volumes that can run out and have no alarm (over maxAlarms, opted out, write failed)',
  },
  SweepCompleted: { unit: 'Count', emittedBy: 'sweep', meaning: 'a sweep over due cases and alarms ended' },
  WakeUpsQueued: {
    unit: 'Count',
    emittedBy: 'sweep',
    meaning: 'volumes the sweep asked to be looked at again',
  },
  EventsIgnored: {
    unit: 'Count',
    emittedBy: 'respond',
    meaning: 'queue messages that name no volume of ours',
  },
  DetectionLag: {
    unit: 'Milliseconds',
    emittedBy: 'respond',
    meaning:
      'age of the newest balance that was decided on, the oldest of a run; compare with detectionLagMinutes',
  },
  VolumesModified: { unit: 'Count', emittedBy: 'respond', meaning: 'ModifyVolume calls that AWS accepted' },
  ModificationsRefused: {
    unit: 'Count',
    emittedBy: 'respond',
    meaning: 'ModifyVolume calls that AWS refused',
  },
  VolumesProfiled: { unit: 'Count', emittedBy: 'profile-demand', meaning: 'demand profiles written' },
  ProfilesLeft: {
    unit: 'Count',
    emittedBy: 'profile-demand',
    meaning: 'volumes whose profile a run had no time for; the next run begins with them',
  },
  NoticesSent: { unit: 'Count', emittedBy: 'deliver-notice', meaning: 'notices a channel has taken' },
  NoticesFailed: {
    unit: 'Count',
    emittedBy: 'deliver-notice',
    meaning: 'deliveries that failed and stay pending',
  },
  NoticesPending: {
    unit: 'Count',
    emittedBy: 'deliver-notice',
    meaning:
      'conversations with a pending notice that failed at least once or could not be tried for 30 minutes, counted every minute',
  },
} as const satisfies Record<string, MetricMeaning>;

export type MetricName = keyof typeof metrics;
