import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { instant } from '../../core/domain/units.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { cdkProcess } from './cdk-process.ts';
import type { Site } from './names.ts';
import type { SmokeClients, World } from './world.ts';

interface ClientConfig {
  readonly region: string;
  readonly profile?: string;
  /** Of something that speaks AWS's protocols; for tests. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** In milliseconds. Without them a call that gets no answer, as after a night's sleep of the computer, is waited for in vain. */
const patience = { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true } as const;

export function smokeClients(place: ClientConfig): SmokeClients {
  const config = { ...place, requestHandler: patience };
  return {
    cloudFormation: new CloudFormationClient(config),
    cloudWatch: new CloudWatchClient(config),
    dynamo: new DynamoDBClient(config),
    ec2: new EC2Client(config),
    eventBridge: new EventBridgeClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
}

/** AWS, this computer's clock and disk, and the person at the terminal. */
export const realWorld = (
  { account, region, profile }: Site,
  person: Pick<World, 'stop' | 'giveUp' | 'ask'>,
): World => ({
  ...person,
  clients: smokeClients({ region, ...(profile !== undefined && { profile }) }),
  cdk: cdkProcess({ account, region, profile, stop: person.stop, giveUp: person.giveUp }),
  now: () => instant(Date.now()),
  sleep,
  say: (line) => void process.stdout.write(`${line}\n`),
  writeFile: (name, text) => {
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, text);
  },
  newRun: () => randomBytes(4).toString('hex'),
  resourcesOf: (props) => countsIn(synthesizedStack(props).template.Resources),
});

/** Whoever waits looks at the signal itself. */
async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** How many there are of each type. */
export function countsIn(
  resources: Readonly<Record<string, { readonly Type: string }>>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return counts;
}
