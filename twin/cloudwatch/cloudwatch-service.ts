import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  GetMetricDataInput,
  GetMetricDataOutput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import { type Authorise, allowEverything, demandPermission } from '../authorisation.ts';
import type { Call, Operation, Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import { type RateOf, throttled } from '../throttle.ts';
import type { Alarm } from './alarm.ts';
import { alarmShape, definitionOf, PUT_METRIC_ALARM_PARAMETERS } from './alarm-definition.ts';
import type { Alarms } from './alarms.ts';
import { getMetricData } from './metric-data.ts';
import type { MetricStore } from './metric-store.ts';

export interface CloudWatchOptions {
  readonly alarms: Alarms;
  readonly store: MetricStore;
  readonly simulation: Simulation;
  readonly authorise?: Authorise;
  /** Default `as-documented`: the request rates of cloudwatch_limits. */
  readonly throttling?: 'as-documented' | 'none';
}

/** CloudWatch user guide, cloudwatch_limits; a bucket of one second's calls. */
const PER_SECOND: Readonly<Record<string, number>> = {
  PutMetricAlarm: 3,
  DeleteAlarms: 3,
  DescribeAlarms: 9,
  SetAlarmState: 3,
  GetMetricData: 500,
};

const CLOUDWATCH_RATES: RateOf = (operation) => {
  const perSecond = PER_SECOND[operation] ?? 3;
  return { bucket: operation, rate: { capacity: perSecond, perSecond } };
};

const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);

interface Parts {
  readonly alarms: Alarms;
  readonly store: MetricStore;
  /** Demands `cloudwatch:NAME` on an alarm, or on `*`. */
  readonly permit: (call: Call, name: string, alarmName?: string) => void;
}

export function cloudWatchService(options: CloudWatchOptions): Service {
  const { alarms, store, simulation, authorise = allowEverything, throttling } = options;
  const permit: Parts['permit'] = ({ principal }, name, alarmName) =>
    demandPermission(authorise, {
      principal,
      action: `cloudwatch:${name}`,
      resource: alarmName === undefined ? '*' : alarms.arnOf(alarmName),
      resourceTags: (alarmName === undefined ? undefined : alarms.get(alarmName)?.tags) ?? {},
      requestTags: {},
    });
  const parts = { alarms, store, permit };
  const service = {
    GetMetricData: metricData(parts),
    PutMetricAlarm: putMetricAlarm(parts),
    DeleteAlarms: deleteAlarms(parts),
    DescribeAlarms: describeAlarms(parts),
    SetAlarmState: setAlarmState(parts),
  };
  if (throttling === 'none') return service;
  return throttled(service, { simulation, rateOf: CLOUDWATCH_RATES, errorCode: 'ThrottlingException' });
}

const metricData = ({ store, permit }: Parts): Operation<GetMetricDataInput, GetMetricDataOutput> => ({
  accepts: ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy', 'MaxDatapoints', 'NextToken'],
  run: (input, call) => {
    permit(call, 'GetMetricData');
    return getMetricData(store, input, call.at);
  },
});

const putMetricAlarm = ({ alarms, permit }: Parts): Operation<PutMetricAlarmInput, object> => ({
  accepts: PUT_METRIC_ALARM_PARAMETERS,
  run: (input, call) => {
    permit(call, 'PutMetricAlarm', input.AlarmName ?? '');
    const { Tags = [] } = input;
    if (Tags.length > 50) throw invalid('An alarm can have at most 50 tags.');
    alarms.put(definitionOf(input), Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])));
    return {};
  },
});

/** Unknown names are passed over: "the alarms you specify with correct names are still deleted" (API reference). */
const deleteAlarms = ({ alarms, permit }: Parts): Operation<DeleteAlarmsInput, object> => ({
  accepts: ['AlarmNames'],
  run: ({ AlarmNames = [] }, call) => {
    if (AlarmNames.length === 0) throw invalid('The parameter AlarmNames is required.');
    demandAtMost100(AlarmNames);
    for (const name of AlarmNames) permit(call, 'DeleteAlarms', name);
    for (const name of AlarmNames) alarms.delete(name);
    return {};
  },
});

/**
 * Source: CloudWatch API reference, SetAlarmState: "When the updated state differs from the previous value" something is
 * done about it; the next evaluation, often within seconds, puts back what the metric says.
 */
const setAlarmState = ({ alarms, permit }: Parts): Operation<SetAlarmStateInput, object> => ({
  accepts: ['AlarmName', 'StateValue', 'StateReason'],
  run: ({ AlarmName = '', StateValue, StateReason }, call) => {
    permit(call, 'SetAlarmState', AlarmName);
    const alarm = alarms.get(AlarmName);
    if (alarm === undefined)
      throw new ServiceError('ResourceNotFound', `Unknown alarm ${AlarmName}`, { httpStatusCode: 404 });
    if (StateValue === undefined || StateReason === undefined)
      throw invalid('The parameters StateValue and StateReason are required.');
    if (alarm.state.value !== StateValue) alarms.setState(AlarmName, StateValue, StateReason);
    return {};
  },
});

const describeAlarms = ({ alarms, permit }: Parts): Operation<DescribeAlarmsInput, DescribeAlarmsOutput> => ({
  accepts: ['AlarmNames', 'AlarmNamePrefix', 'StateValue', 'AlarmTypes', 'MaxRecords', 'NextToken'],
  run: (input, call) => {
    permit(call, 'DescribeAlarms');
    const { AlarmTypes = ['MetricAlarm'], MaxRecords = 50 } = input;
    demandDescribable(input);
    const limit = AlarmTypes.includes('MetricAlarm') ? MaxRecords : 0;
    const { shown, isMore } = pageOf(selected(alarms, input), limit);
    const last = shown.at(-1);
    return {
      MetricAlarms: shown.map((alarm) => alarmShape(alarm, alarms.arnOf(alarm.definition.name))),
      CompositeAlarms: [],
      ...(last !== undefined && isMore ? { NextToken: `after ${last.definition.name}` } : {}),
    };
  },
});

function demandAtMost100(names: readonly string[]): void {
  if (names.length > 100) throw invalid('The collection AlarmNames must not have a size greater than 100.');
}

function demandDescribable({ AlarmNames = [], AlarmNamePrefix, MaxRecords = 50 }: DescribeAlarmsInput): void {
  demandAtMost100(AlarmNames);
  if (AlarmNames.length > 0 && AlarmNamePrefix !== undefined) {
    throw invalid('AlarmNames and AlarmNamePrefix cannot be specified together.');
  }
  if (MaxRecords < 1 || MaxRecords > 100) throw invalid('MaxRecords must be between 1 and 100.');
}

function pageOf(matching: Iterable<Alarm>, most: number) {
  const shown: Alarm[] = [];
  for (const alarm of matching) {
    if (shown.length >= most) return { shown, isMore: true };
    shown.push(alarm);
  }
  return { shown, isMore: false };
}

/** Names that do not exist are left out, without an error. */
function* selected(
  alarms: Alarms,
  { AlarmNames = [], AlarmNamePrefix = '', StateValue, NextToken }: DescribeAlarmsInput,
): Generator<Alarm> {
  const last = NextToken === undefined ? '' : nameIn(NextToken);
  for (const alarm of alarms.startingWith(AlarmNamePrefix, last, StateValue)) {
    if (AlarmNames.length === 0 || AlarmNames.includes(alarm.definition.name)) yield alarm;
  }
}

/** Tokens name the last alarm of the page, so that deleting while paging skips none. */
function nameIn(token: string): string {
  if (!token.startsWith('after '))
    throw new ServiceError('InvalidNextToken', 'The next token specified is invalid.');
  return token.slice('after '.length);
}
