import { expect } from 'vitest';
import type { Plan } from '../../../core/domain/deciding/decision.ts';
import type { EbsBurstResponderProps } from '../../../lib/responder-props.ts';
import { modifyCalls } from '../account-history.ts';
import { drainingVolume } from '../draining-volumes.ts';
import { breachesIn, type SwitchTurn, type Witnessed } from '../invariants.ts';
import { lambdaNamed, switchParameter } from '../lambdas.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from '../responder-account.ts';

type Item = Readonly<Record<string, { readonly S?: string }>>;

/** An account after a rescue, in which calls can be made in the name of respond that it would never make. */
export class Rescue implements ResponderAccount {
  readonly account: ResponderAccount['account'];
  readonly deployed: ResponderAccount['deployed'];
  readonly slackChannelId: string;
  /** What the calls are about. */
  volumeId: string;

  constructor({ account, deployed, slackChannelId }: ResponderAccount, volumeId: string) {
    this.account = account;
    this.deployed = deployed;
    this.slackChannelId = slackChannelId;
    this.volumeId = volumeId;
  }

  /** A request that no intent, no consent and no switch stands behind; `run` is the invocation that makes it. */
  async askAnyhow(parameters: object = { VolumeType: 'gp3', Iops: 4_000 }, run?: string): Promise<void> {
    const request = { VolumeId: this.volumeId, ...parameters };
    await this.#asRespond('EC2', 'ModifyVolume', request, run).catch((error: unknown) => error);
  }

  async readSwitch(run: string): Promise<void> {
    await this.#asRespond('SSM', 'GetParameter', { Name: switchParameter }, run);
  }

  async write(item: Item, run?: string): Promise<void> {
    const TableName = this.deployed.stack.physicalName('Cases');
    const transaction = { TransactItems: [{ Put: { TableName, Item: item } }] };
    await this.#asRespond('DynamoDB', 'TransactWriteItems', transaction, run);
  }

  /** The claim of the rescue. */
  claimed() {
    const claim = this.account.endpoint.calls
      .filter(({ operation }) => operation === 'TransactWriteItems')
      .flatMap(({ input }) => (input as { TransactItems: readonly { Put?: { Item: Item } }[] }).TransactItems)
      .find(({ Put }) => Put?.Item['state']?.S === 'intended')?.Put?.Item;
    const body = JSON.parse(claim?.['body']?.S ?? '') as { readonly plan: Pick<Plan, 'from' | 'to'> };
    return { claim, body };
  }

  /** The same once more, now as one that is to end the bridge which the rescue was. */
  async intendReturn(run?: string): Promise<void> {
    const { claim, body } = this.claimed();
    const { from, to } = body.plan;
    const since = modifyCalls(this)[0]?.at;
    const bridge = { plan: body.plan, since, verdict: { kind: 'relieved' } };
    await this.write(
      {
        ...claim,
        body: { S: JSON.stringify({ ...body, plan: { ...body.plan, from: to, to: from }, bridge }) },
      },
      run,
    );
  }

  /** The names of the invariants that are broken, each once. */
  breached(turns: readonly SwitchTurn[] = [], witnessed: Witnessed = {}): readonly string[] {
    const lines = breachesIn(this, { turns, ...witnessed });
    return [...new Set(lines.map((line) => line.split(':')[0] ?? ''))];
  }

  #asRespond(...[service, operation, input, run]: [string, string, object, string?]): Promise<unknown> {
    return this.account.endpoint(service, operation, input, lambdaNamed(this, 'respond'), run);
  }
}

/** The last of so many volumes is what calls are about; those that settings and caps allow have been moved. */
export async function rescueUnder(props: EbsBurstResponderProps, volumes = 1): Promise<Rescue> {
  const made: string[] = [];
  const responder = await responderAccount(
    props,
    (account) => {
      while (made.length < volumes) made.push(drainingVolume(account));
    },
    { volumes: { optimizingTime: () => 15 * minute } },
  );
  await responder.account.simulation.runUntil(startsAt + 70 * minute);
  return new Rescue(responder, made.at(-1) ?? '');
}

/** One volume that was moved, once. */
export async function rescued(): Promise<Rescue> {
  const rescue = await rescueUnder(acting);
  expect(modifyCalls(rescue)).toHaveLength(1);
  return rescue;
}
