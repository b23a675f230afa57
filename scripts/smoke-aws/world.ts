import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Instant } from '../../core/domain/units.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';

export interface SmokeClients {
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamo: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly eventBridge: EventBridgeClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** The pinned `cdk`, as a process of its own; both throw when it fails. */
export interface Cdk {
  deploy(props: EbsBurstResponderProps, tags: Readonly<Record<string, string>>): Promise<void>;
  destroy(): Promise<void>;
}

/** All that the run takes from outside; a test gives a simulated account and its time. */
export interface World {
  readonly clients: SmokeClients;
  readonly cdk: Cdk;
  readonly now: () => Instant;
  /** Until then, or until the signal. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly say: (line: string) => void;
  /** What a person types in answer; `undefined` where nobody can. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly writeFile: (name: string, text: string) => void;
  readonly newRun: () => string;
  /** How many resources of each type the stack has. */
  readonly resourcesOf: (props: EbsBurstResponderProps) => ReadonlyMap<string, number>;
  /** The first Ctrl-C: go no further, clean up. */
  readonly stop: AbortSignal;
  /** The second: leave the rest. */
  readonly giveUp: AbortSignal;
}

class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('stopped from outside');
  }
}

/** Something that had to happen did not. */
class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

export function goOn({ stop }: Pick<World, 'stop'>): void {
  if (stop.aborted) throw new Interrupted();
}

const pause = 10_000;

/** Looks every ten seconds. @throws NotSeen when it is not so in time; Interrupted */
export async function waitUntil(
  world: Pick<World, 'now' | 'sleep' | 'stop'>,
  what: string,
  minutes: number,
  look: () => Promise<boolean>,
): Promise<void> {
  const until = world.now() + minutes * 60_000;
  for (;;) {
    goOn(world);
    if (await look()) return;
    if (world.now() >= until) throw new NotSeen(`${what}: not seen within ${minutes} minutes`);
    await world.sleep(pause, world.stop);
  }
}
