import type { Authorise } from './authorisation.ts';
import type { Place } from './aws-event.ts';
import type { MetricSettings } from './cloudwatch/publication-schedule.ts';
import {
  type ConnectableClient,
  type ConnectableKind,
  connect,
  connected,
  type Endpoint,
} from './connect.ts';
import { dynamodbService } from './dynamodb/service.ts';
import { Tables } from './dynamodb/tables.ts';
import type { VolumeSettings } from './ebs/account-volumes.ts';
import { createEbsAccount, type EbsAccount } from './ebs-account.ts';
import { createEndpoint, type TwinEndpoint } from './endpoint.ts';
import { Bus } from './events/bus.ts';
import { Schedules } from './events/schedules.ts';
import { eventBridgeService } from './events/service.ts';
import { TargetDelivery } from './events/target-delivery.ts';
import { Roles } from './iam/roles.ts';
import { iamService } from './iam/service.ts';
import { AsynchronousInvocations } from './lambda/asynchronous-invocations.ts';
import { EventSourceMappings } from './lambda/event-source-mappings.ts';
import { Functions } from './lambda/functions.ts';
import { lambdaService } from './lambda/service.ts';
import type { Service } from './service.ts';
import { Simulation, type TwinTime } from './simulation.ts';
import { SlackFetch } from './slack/slack-fetch.ts';
import { SlackWorkspace } from './slack/workspace.ts';
import { snsService } from './sns/service.ts';
import { Topics } from './sns/topics.ts';
import { Queues } from './sqs/queues.ts';
import { sqsService } from './sqs/service.ts';
import { Parameters, SSM_RATES, ssmService } from './ssm.ts';
import { stsService } from './sts.ts';
import { loadTemplate, type Template } from './template/load-template.ts';
import type { LoadedStack } from './template/loaded-stack.ts';
import { throttled } from './throttle.ts';

export interface AccountOptions {
  readonly accountId: string;
  readonly region: string;
  readonly startAt: TwinTime;
  readonly seed: number;
  readonly authorise?: Authorise;
  readonly volumes?: VolumeSettings;
  readonly metrics?: MetricSettings;
  readonly throttling?: 'as-documented' | 'none';
}

/** A whole simulated account in one Region. What is not an API of AWS or Slack is there for tests and the demo. */
export class Account {
  readonly place: Place;
  readonly simulation: Simulation;
  /** Volumes, instances, metrics, alarms, stacks. */
  readonly ebs: EbsAccount;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly bus: Bus;
  readonly schedules: Schedules;
  readonly targetDelivery: TargetDelivery;
  readonly functions: Functions;
  readonly mappings = new EventSourceMappings();
  readonly roles: Roles;
  readonly invocations: AsynchronousInvocations;
  readonly slackWorkspace: SlackWorkspace;
  readonly slack: SlackFetch;
  /** What Slack accepts as bot token; change it to rotate it. */
  slackBotToken = 'xoxb-twin-bot-token';
  /** Every AWS call that was made, and scripted faults. */
  readonly endpoint: TwinEndpoint;
  readonly #guarded: Endpoint;
  readonly #stacks: LoadedStack[] = [];

  constructor(options: AccountOptions) {
    const { accountId, region, seed } = options;
    this.place = { account: accountId, region };
    this.simulation = new Simulation(options.startAt);
    const shared = { simulation: this.simulation, accountId, region };
    this.queues = new Queues(shared);
    this.topics = new Topics({ ...shared, queues: this.queues });
    this.parameters = new Parameters(shared);
    this.tables = new Tables({ ...shared, seed });
    this.functions = new Functions(shared);
    this.roles = new Roles(accountId);
    this.invocations = new AsynchronousInvocations(this);
    this.targetDelivery = new TargetDelivery(this);
    const events = { simulation: this.simulation, place: this.place, delivery: this.targetDelivery };
    this.bus = new Bus({ ...events, seed });
    this.schedules = new Schedules(events);
    this.ebs = createEbsAccount({
      ...options,
      simulation: this.simulation,
      place: this.place,
      emit: this.bus.emit,
      couldMatch: this.bus.couldMatch,
      metrics: { seed, ...options.metrics },
    });
    this.slackWorkspace = new SlackWorkspace(this.simulation);
    this.slack = new SlackFetch({
      workspace: this.slackWorkspace,
      simulation: this.simulation,
      botToken: () => this.slackBotToken,
    });
    this.endpoint = createEndpoint({
      services: this.#services(options.throttling ?? 'as-documented'),
      simulation: this.simulation,
    });
    this.#guarded = this.functions.guard(this.endpoint);
  }

  /** Makes a real SDK client talk to this account in the name of `principal`; inside a run its calls belong to the run. */
  connect<Client extends ConnectableClient>(client: Client, principal: string): Client {
    return connect(client, this.#guarded, principal);
  }

  /** A client of that kind which was connected without being built. */
  connected<Client extends object>(kind: ConnectableKind<Client>, principal: string): Client {
    return connected(kind, this.#guarded, principal);
  }

  /** Slack, and the answers of custom resources; any other address is refused. */
  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const conversation = this.#stacks.map((stack) => stack.conversation).find((each) => each.expects(url));
    if (conversation !== undefined) {
      return this.functions.guardCall('ResponseURL', async () =>
        conversation.take(url, init?.method, init?.body),
      );
    }
    const operation = url.pathname.startsWith('/api/') ? url.pathname.replace('/api/', '') : 'webhook';
    return this.functions.guardCall(operation, () => this.slack.fetch(input, init));
  };

  /** Deploys a synthesized CloudFormation template; its functions then need implementations. */
  loadTemplate(
    template: Template,
    stackName: string,
    parameters: Readonly<Record<string, string>> = {},
  ): LoadedStack {
    const target = { ...this, region: this.place.region, accountId: this.place.account };
    const { invocations, ebs } = this;
    const stack = loadTemplate(template, { target, invocations, stacks: ebs.stacks, stackName, parameters });
    this.#stacks.push(stack);
    return stack;
  }

  #services(throttling: 'as-documented' | 'none'): Readonly<Record<string, Service>> {
    const { simulation } = this;
    const ssm = ssmService(this.parameters);
    return {
      ...this.ebs.services,
      DynamoDB: dynamodbService(this.tables),
      SQS: sqsService(this.queues, () => this.simulation.now),
      EventBridge: eventBridgeService(this.bus),
      IAM: iamService(this.roles),
      Lambda: lambdaService(this.functions, this.mappings),
      SNS: snsService(this.topics),
      STS: stsService(this.place),
      SSM:
        throttling === 'none'
          ? ssm
          : throttled(ssm, { simulation, rateOf: SSM_RATES, errorCode: 'ThrottlingException' }),
    };
  }
}

export const createAccount = (options: AccountOptions): Account => new Account(options);
