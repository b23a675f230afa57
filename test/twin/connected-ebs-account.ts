import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { AwsEvent } from '../../twin/aws-event.ts';
import { connect } from '../../twin/connect.ts';
import { createEbsAccount, type EbsAccountOptions } from '../../twin/ebs-account.ts';
import { createEndpoint } from '../../twin/endpoint.ts';
import { Simulation } from '../../twin/simulation.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

const REGION = { region: 'us-east-1' };

/** A simulated account with a real SDK client for each of its services. */
export function connectedEbsAccount(options: Omit<EbsAccountOptions, 'simulation' | 'emit'> = {}) {
  const simulation = new Simulation(START);
  const events: AwsEvent[] = [];
  const account = createEbsAccount({ simulation, emit: (event) => void events.push(event), ...options });
  const endpoint = createEndpoint({ services: account.services, simulation });
  const principal = 'respond';
  return {
    ...account,
    simulation,
    events,
    endpoint,
    ec2: connect(new EC2Client(REGION), endpoint, principal),
    cloudwatch: connect(new CloudWatchClient(REGION), endpoint, principal),
    serviceQuotas: connect(new ServiceQuotasClient(REGION), endpoint, principal),
    cloudformation: connect(new CloudFormationClient(REGION), endpoint, principal),
  };
}

/** One datapoint per minute, readable as soon as its minute is over. */
export const PROMPT_METRICS = { balanceSampling: 1, publicationDelay: 0 } as const;
