/** What happened in one account, or in several, while time passed. */
export interface FleetCounts {
  readonly alarmEvents: number;
  readonly censuses: number;
  readonly sweeps: number;
  /** Runs of Lambdas that did not succeed; none is expected. */
  readonly failures: number;
  /** Calls of all censuses together, and the writes of alarms among them. */
  readonly describeVolumes: number;
  readonly describeAlarms: number;
  readonly alarmWrites: number;
}

export const nothing: FleetCounts = {
  alarmEvents: 0,
  censuses: 0,
  sweeps: 0,
  failures: 0,
  describeVolumes: 0,
  describeAlarms: 0,
  alarmWrites: 0,
};

export const sumOf = (a: FleetCounts, b: FleetCounts): FleetCounts => ({
  alarmEvents: a.alarmEvents + b.alarmEvents,
  censuses: a.censuses + b.censuses,
  sweeps: a.sweeps + b.sweeps,
  failures: a.failures + b.failures,
  describeVolumes: a.describeVolumes + b.describeVolumes,
  describeAlarms: a.describeAlarms + b.describeAlarms,
  alarmWrites: a.alarmWrites + b.alarmWrites,
});
