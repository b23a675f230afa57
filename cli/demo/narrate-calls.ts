import type { DeleteAlarmsCommandInput, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type {
  AttributeValue,
  PutItemCommandInput,
  TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ModifyVolumeCommandInput } from '@aws-sdk/client-ec2';
import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { CallRecord } from '../../twin/endpoint.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** Says what calls changed, in words; what only reads, or writes down the same again, is not worth a word. */
export class CallNarrator {
  readonly #states = new Map<string, string>();

  /** Empty for calls that changed nothing people care about. */
  told(calls: readonly CallRecord[]): readonly string[] {
    return calls.flatMap((call) => {
      const words = this.#words(call);
      return words === undefined ? [] : [words];
    });
  }

  #words(call: CallRecord): string | undefined {
    switch (`${call.service}:${call.operation}`) {
      case 'EC2:ModifyVolume':
        return `asked EC2 for ${wanted(call.input as ModifyVolumeCommandInput)}: ${call.error ?? 'accepted'}`;
      case 'CloudWatch:PutMetricAlarm': {
        const { AlarmName, MetricName, Threshold = 0 } = call.input as PutMetricAlarmCommandInput;
        return `made the alarm ${AlarmName}: ${MetricName} below ${Threshold.toFixed(1)} %`;
      }
      case 'CloudWatch:DeleteAlarms':
        return `deleted the alarm ${(call.input as DeleteAlarmsCommandInput).AlarmNames?.join(', ')}`;
      case 'SNS:Publish':
        return `mailed "${(call.input as PublishCommandInput).Subject}"`;
      case 'DynamoDB:PutItem':
        return call.error === undefined ? this.#item((call.input as PutItemCommandInput).Item) : undefined;
      case 'DynamoDB:TransactWriteItems':
        return call.error === undefined
          ? this.#transaction(call.input as TransactWriteItemsCommandInput)
          : undefined;
      default:
        return undefined;
    }
  }

  #transaction({ TransactItems = [] }: TransactWriteItemsCommandInput): string | undefined {
    const words = TransactItems.flatMap(({ Put }) => this.#item(Put?.Item) ?? []);
    return words.length === 0 ? undefined : words.join(', ');
  }

  #item(item: Item | undefined): string | undefined {
    const kind = item?.['kind']?.S;
    if (kind === 'genesis') return 'wrote the genesis item, without which nothing is touched';
    if (kind !== 'case' && kind !== 'closed-case') return undefined;
    const { id, state, ending } = JSON.parse(item?.['body']?.S ?? '{}') as Readonly<Record<string, string>>;
    if (id === undefined || state === undefined || this.#states.get(id) === state) return undefined;
    const isNew = !this.#states.has(id);
    this.#states.set(id, state);
    return `${isNew ? 'opened ' : ''}case ${id}: ${CASE_WORDS[state] ?? state}${ending === undefined ? '' : `, ${ending}`}`;
  }
}

const CASE_WORDS: Readonly<Record<string, string>> = {
  watching: 'watching, not yet worth a word to anybody',
  announced: 'people are told',
  intended: 'intent written down',
  upgrading: 'follows the change and the symptom',
  bridged: 'stays there until demand fits the bucket again',
  returning: 'on its way back',
  closed: 'closed',
};

function wanted({ VolumeType, Iops, Throughput }: ModifyVolumeCommandInput): string {
  const parts = [String(VolumeType)];
  if (Iops !== undefined) parts.push(`${Iops.toLocaleString('en-US')} IOPS`);
  if (Throughput !== undefined) parts.push(`${Throughput} MiB/s`);
  return parts.join(', ');
}
