import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Almanac, Surroundings } from '../../core/application/ports.ts';
import type { StackActivity } from '../../core/domain/deciding/situation.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { failedOn } from './aws-errors.ts';
import { inParallel } from './batches.ts';
import { limitsOf, modificationsInFlight, regionalQuotasOf } from './regional-quotas.ts';

export interface SurroundingsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly serviceQuotas: ServiceQuotasClient;
}

export function awsSurroundings(
  { cloudFormation, ec2, serviceQuotas }: SurroundingsClients,
  almanac: Pick<Almanac, 'latestCensus'>,
  now: () => Instant,
): Surroundings {
  return {
    stackActivity: async (volumes) => {
      const stacks = [...new Set(volumes.flatMap((volume) => stackOf(volume) ?? []))];
      const found = await inParallel(stacks, (stack) => activityOf(cloudFormation, stack, now()));
      const byStack = new Map(stacks.map((stack, index) => [stack, found[index]]));
      const noStack = read<StackActivity>({ kind: 'no-stack' }, now());
      return new Map(volumes.map((volume) => [volume.id, byStack.get(stackOf(volume) ?? '') ?? noStack]));
    },
    quotaUse: async () => {
      const [limits, running, census] = await Promise.all([
        limitsOf(serviceQuotas),
        modificationsInFlight(ec2),
        almanac.latestCensus(),
      ]);
      if (limits.kind === 'unread') return limits;
      if (running.kind === 'unread') return running;
      if (census.kind === 'unread') return census;
      const quotas = regionalQuotasOf(limits.byCode, census.value.provisioned, running.modifications);
      return read(quotas, census.at);
    },
  };
}

/** CloudFormation sets this tag itself and nobody else can: `aws:` keys are reserved. */
const stackOf = ({ tags }: Volume): string | undefined => tags['aws:cloudformation:stack-name'];

async function activityOf(
  client: CloudFormationClient,
  stack: string,
  now: Instant,
): Promise<Reading<StackActivity>> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const status = Stacks[0]?.StackStatus;
    if (status === undefined) return unread(`cloudformation:DescribeStacks gave no status of ${stack}`);
    if (status.endsWith('_IN_PROGRESS')) return read({ kind: 'updating', stack, status }, now);
    return read({ kind: 'settled', stack }, now);
  } catch (error) {
    return unread(failedOn(error, `cloudformation:DescribeStacks of ${stack}`));
  }
}
