import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  CfnAlarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type MetricName, metricScope } from '../lambda/environments/metrics.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { RuntimeFunction } from './runtime-function.ts';

export interface SelfWatchProps {
  readonly functions: readonly Pick<RuntimeFunction<object>, 'handler' | 'function'>[];
  readonly deadLetters: readonly DeadLetterQueue[];
  readonly topic: ITopic;
  /** Where the runbook is read. */
  readonly runbook: string;
  /** ARNs of further topics. */
  readonly alarmActions: readonly string[];
}

export const ownMetric = (metricName: MetricName, period: Duration, statistic: string): Metric =>
  new Metric({
    namespace: metricScope.namespace,
    dimensionsMap: { service: metricScope.service },
    metricName,
    period,
    statistic,
  });

interface Watch {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods: number;
  readonly comparison: ComparisonOperator;
  readonly missing: TreatMissingData;
  readonly description: string;
}

/** Alarms on the responder itself; they go from CloudWatch straight to the topic, past our own functions. */
export class SelfWatch extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: SelfWatchProps) {
    super(scope, id);
    const others = props.alarmActions.map((arn, index) => Topic.fromTopicArn(this, `Topic${index}`, arn));
    const actions = [props.topic, ...others].map((topic) => new SnsAction(topic));
    const watches: readonly (readonly [id: string, watch: Watch])[] = [
      ...props.deadLetters.map(
        (queue) => [`${queue.node.scope?.node.id}${queue.node.id}Depth`, depthOf(queue)] as const,
      ),
      ...props.functions.map((each) => [`${each.handler}Errors`, errorsOf(each)] as const),
      ['CensusAge', silenceOf('CensusCompleted', 'census', 3, Duration.minutes(15))],
      ['SweepAge', silenceOf('SweepCompleted', 'sweep', 2, Duration.minutes(5))],
      ['NoticesPending', noticesPending],
    ];
    this.alarms = watches.map(([alarmId, watch]) => this.alarm(alarmId, watch, props.runbook));
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
    }
  }

  private alarm(id: string, watch: Watch, runbook: string): Alarm {
    const { metric, threshold, periods, comparison, missing, description } = watch;
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      comparisonOperator: comparison,
      treatMissingData: missing,
      alarmDescription: `ebs-burst-responder: ${description} What to do: ${runbook}`,
    });
    if (missing === TreatMissingData.BREACHING) warmUp(alarm);
    return alarm;
  }
}

/** A fresh deployment has no history yet, and that is not a failure: the first verdict waits for an hour. */
function warmUp(alarm: Alarm): void {
  if (!(alarm.node.defaultChild instanceof CfnAlarm))
    throw new Error(`expected an alarm at ${alarm.node.path}`);
  alarm.node.defaultChild.warmUpConfiguration = { warmUpPeriodDurationInMinutes: 60 };
}

const depthOf = (queue: DeadLetterQueue): Watch => ({
  metric: queue.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(5),
    statistic: Stats.MAXIMUM,
  }),
  threshold: 1,
  periods: 1,
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  // SQS stops reporting a queue that nobody used for six hours.
  missing: TreatMissingData.NOT_BREACHING,
  description: `something is stuck: ${queue.holds}.`,
});

/** One error is retried and ends in a dead-letter queue if it stays; repeated ones are a state worth an alarm. */
const errorsOf = (each: SelfWatchProps['functions'][number]): Watch => ({
  metric: each.function.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
  threshold: 3,
  periods: 1,
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  missing: TreatMissingData.NOT_BREACHING,
  description: `${each.handler} failed at least three times in five minutes.`,
});

const silenceOf = (metric: MetricName, what: string, periods: number, period: Duration): Watch => ({
  metric: ownMetric(metric, period, Stats.SUM),
  threshold: 1,
  periods,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  missing: TreatMissingData.BREACHING,
  description: `the last ${what} ended more than ${period.toMinutes() * periods} minutes ago.`,
});

/** A gauge of every minute; its minimum is above zero only when something was stuck for the whole quarter of an hour. */
const noticesPending: Watch = {
  metric: ownMetric('NoticesPending', Duration.minutes(15), Stats.MINIMUM),
  threshold: 1,
  periods: 2,
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  missing: TreatMissingData.MISSING,
  description:
    'notices keep being refused by a channel or cannot even be tried; they wait and are tried again.',
};
