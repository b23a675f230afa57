import {
  CreateTagsCommand,
  DeleteTagsCommand,
  type EC2Client,
  type EC2ClientConfig,
  ModifyVolumeCommand,
  type ModifyVolumeCommandInput,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { StateTag, VolumeModifier } from '../../core/application/ports.ts';
import type { ModifyAnswer } from '../../core/domain/cases/answer-case.ts';
import { stateAtTagKey, stateTagKey, stateWasTagKey } from '../../core/domain/tag-keys.ts';
import { between, type Duration, type Instant, instant, seconds } from '../../core/domain/units.ts';
import type { Configuration, VolumeId } from '../../core/domain/volume.ts';
import { awsRefusalOf, codeOf, messageOf, requestIdOf } from './aws-errors.ts';

/**
 * For the client that asks ModifyVolume: it has no client token (EC2 API reference), so a retry after a lost reply would
 * start a second modification and burn one of four slots. It gives up before the function does.
 */
export const modifierClientConfig = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} satisfies EC2ClientConfig;

export interface ModifierClients {
  /** Built with `modifierClientConfig`. */
  readonly modifying: EC2Client;
  /** Tags may be written twice, so this one may retry. */
  readonly tagging: EC2Client;
  readonly ssm: SSMClient;
}

type SwitchAnswer = Awaited<ReturnType<VolumeModifier['readSwitch']>>;

/**
 * How long a permit is good for, a transaction and a tag in between. A worker that stalled longer holds a plan as old as its
 * permit: reading the switch again would not make the plan younger.
 */
const permitLife = seconds(30);

/** The only place that modifies volumes. */
export function ec2VolumeModifier(
  { modifying, tagging, ssm }: ModifierClients,
  switchParameter: string,
  now: () => Instant,
): VolumeModifier {
  return {
    readSwitch: () => switchAnswer(ssm, switchParameter, now),
    modify: async (permit, volumeId, to) => {
      const age = between(permit.readAt, now());
      return age <= permitLife ? await ask(modifying, volumeId, to, now) : tooOld(age);
    },
    markState: async (volumeId, state) => {
      await tagging.send(new CreateTagsCommand({ Resources: [volumeId], Tags: tagsOf(state) }));
    },
    clearState: async (volumeId) => {
      const Tags = [stateTagKey, stateWasTagKey, stateAtTagKey].map((Key) => ({ Key }));
      await tagging.send(new DeleteTagsCommand({ Resources: [volumeId], Tags }));
    },
  };
}

/** Nothing was asked; the intent stays until describing the volume shows so, and then everything is decided afresh. */
const tooOld = (age: Duration): ModifyAnswer => ({
  kind: 'unknown',
  why: `not asked: the switch was read ${Math.round(age / 1_000)} s ago, expected at most ${permitLife / 1_000} s`,
});

async function switchAnswer(ssm: SSMClient, parameter: string, now: () => Instant): Promise<SwitchAnswer> {
  const readAt = now();
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
    const got = Parameter?.Value ?? 'no value';
    return got === 'run' ? { kind: 'run', readAt } : stop(got);
  } catch (error) {
    return stop(`unreadable: ${codeOf(error)}`);
  }
}

const stop = (got: string): SwitchAnswer => ({ kind: 'stop', refusal: { code: 'switched-off', got } });

async function ask(
  ec2: EC2Client,
  volumeId: VolumeId,
  to: Configuration,
  now: () => Instant,
): Promise<ModifyAnswer> {
  try {
    const { VolumeModification, $metadata } = await ec2.send(
      new ModifyVolumeCommand({ VolumeId: volumeId, ...parametersOf(to) }),
    );
    const startedAt = VolumeModification?.StartTime?.getTime();
    return {
      kind: 'accepted',
      at: startedAt === undefined ? now() : instant(startedAt),
      requestId: $metadata.requestId,
    };
  } catch (error) {
    const refusal = awsRefusalOf(error);
    if (refusal === undefined) return { kind: 'unknown', why: `${codeOf(error)}: ${messageOf(error)}` };
    return { kind: 'refused', refusal, message: messageOf(error), requestId: requestIdOf(error) };
  }
}

/** Everything that the type takes, so that no AWS default (3,000 IOPS on io1) steps in; a size is never among it. */
function parametersOf(to: Configuration): Omit<ModifyVolumeCommandInput, 'VolumeId'> {
  switch (to.type) {
    case 'gp3':
      return { VolumeType: to.type, Iops: to.iops, Throughput: to.throughput };
    case 'io1':
    case 'io2':
      return { VolumeType: to.type, Iops: to.iops };
    default:
      return { VolumeType: to.type };
  }
}

const tagsOf = ({ caseId, version, was, at }: StateTag) => [
  { Key: stateTagKey, Value: `${caseId}#${version}` },
  { Key: stateWasTagKey, Value: tagTextOf(was) },
  { Key: stateAtTagKey, Value: new Date(at).toISOString() },
];

/** Only characters that every AWS service allows in tag values: `gp3 iops=3000 throughput=125`. */
const tagTextOf = ({ type, ...rest }: Configuration): string =>
  [type, ...Object.entries(rest).map(([key, value]) => `${key}=${value}`)].join(' ');
