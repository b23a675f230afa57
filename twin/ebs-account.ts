import { type Authorise, allowEverything } from './authorisation.ts';
import type { CouldMatch, Emit, Place } from './aws-event.ts';
import { cloudFormationService, Stacks } from './cloudformation.ts';
import { Alarms } from './cloudwatch/alarms.ts';
import { cloudWatchService } from './cloudwatch/cloudwatch-service.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import type { MetricSettings } from './cloudwatch/publication-schedule.ts';
import { VolumeMetrics } from './cloudwatch/volume-metrics.ts';
import { AccountVolumes, type VolumeSettings } from './ebs/account-volumes.ts';
import { ec2Service } from './ebs/ec2-service.ts';
import type { Service } from './service.ts';
import { serviceQuotas } from './service-quotas.ts';
import type { Simulation } from './simulation.ts';

export interface EbsAccountOptions {
  readonly simulation: Simulation;
  /** Default: account 123456789012 in us-east-1. */
  readonly place?: Place;
  /** Where EBS, EC2 and alarm events go. Default: nowhere. */
  readonly emit?: Emit;
  /** Default: any event could be matched. */
  readonly couldMatch?: CouldMatch;
  readonly authorise?: Authorise;
  readonly volumes?: VolumeSettings;
  readonly metrics?: MetricSettings;
  readonly throttling?: 'as-documented' | 'none';
}

/** The part of a simulated account around its volumes; `services` go into an endpoint, the rest is for tests. */
export interface EbsAccount {
  readonly volumes: AccountVolumes;
  readonly store: MetricStore;
  readonly metrics: VolumeMetrics;
  readonly alarms: Alarms;
  readonly stacks: Stacks;
  readonly services: Readonly<Record<'EC2' | 'CloudWatch' | 'Service Quotas' | 'CloudFormation', Service>>;
}

export function createEbsAccount(options: EbsAccountOptions): EbsAccount {
  const {
    simulation,
    place = { account: '123456789012', region: 'us-east-1' },
    emit = () => undefined,
  } = options;
  const { authorise = allowEverything, throttling = 'as-documented', couldMatch = () => true } = options;
  const volumes = new AccountVolumes({ simulation, place, emit, settings: options.volumes ?? {} });
  const store = new MetricStore();
  const metrics = new VolumeMetrics(volumes, store, options.metrics);
  const alarms = new Alarms({ simulation, place, emit, couldMatch, store });
  const stacks = new Stacks(simulation, place);
  return {
    volumes,
    store,
    metrics,
    alarms,
    stacks,
    services: {
      EC2: ec2Service({ volumes, simulation, authorise, throttling }),
      CloudWatch: cloudWatchService({ alarms, store, simulation, authorise, throttling }),
      'Service Quotas': serviceQuotas({ quotas: volumes.quotas, place, authorise }),
      CloudFormation: cloudFormationService(stacks, authorise),
    },
  };
}
