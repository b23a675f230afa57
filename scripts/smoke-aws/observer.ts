import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeVolumesModificationsCommand } from '@aws-sdk/client-ec2';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import { instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { codeOf } from '../../lambda/adapters/aws-errors.ts';
import { dynamoCaseBook } from '../../lambda/adapters/dynamo-case-book.ts';
import { type Sighting, type Sightings, textOf } from './sightings.ts';
import type { World } from './world.ts';

export interface Observed {
  readonly volumeId: VolumeId;
  readonly queueUrl: string;
  readonly tableName: string;
}

const balancesEvery = 60_000;
const balancesSince = 3_600_000;

const notification = v.object({
  Type: v.literal('Notification'),
  Subject: v.optional(v.string(), ''),
  Message: v.string(),
  Timestamp: v.string(),
});
const event = v.object({
  time: v.string(),
  source: v.string(),
  'detail-type': v.string(),
  resources: v.array(v.string()),
  detail: v.record(v.string(), v.unknown()),
});

/** Looks at one volume from all sides; every change is a sighting. */
export class Observer {
  readonly #world: World;
  readonly #observed: Observed;
  readonly #sightings: Sightings;
  readonly #seenBefore = new Map<string, string>();
  #balancesAt = Number.NEGATIVE_INFINITY;

  constructor(world: World, observed: Observed, sightings: Sightings) {
    this.#world = world;
    this.#observed = observed;
    this.#sightings = sightings;
  }

  async look(): Promise<void> {
    await this.#mail();
    await this.#alarm();
    await this.#modification();
    await this.#case();
    if (this.#world.now() - this.#balancesAt >= balancesEvery) await this.#balances();
  }

  /** @param content what of it has to change to be seen again. */
  #see(key: string, sighting: Sighting, content: unknown = { ...sighting, seenAt: 0 }): void {
    const text = JSON.stringify(content);
    if (this.#seenBefore.get(key) === text) return;
    this.#seenBefore.set(key, text);
    this.#sightings.add(sighting);
    this.#world.say(`  ${new Date(sighting.seenAt).toISOString().slice(11, 19)} ${textOf(sighting)}`);
  }

  async #mail(): Promise<void> {
    const { sqs } = this.#world.clients;
    const QueueUrl = this.#observed.queueUrl;
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      for (const { MessageId = '', Body = '', ReceiptHandle } of Messages) {
        this.#read(MessageId, Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      if (Messages.length === 0) return;
    }
  }

  #read(id: string, body: string): void {
    const seenAt = this.#world.now();
    const content: unknown = JSON.parse(body);
    const notice = v.safeParse(notification, content);
    // Notices about other volumes of the account are nobody's business here.
    if (notice.success) {
      const { Subject: subject, Message: message, Timestamp } = notice.output;
      if (!message.includes(this.#observed.volumeId)) return;
      this.#see(id, { seenAt, kind: 'notice', subject, message, sentAt: instant(Date.parse(Timestamp)) });
      return;
    }
    const sent = v.safeParse(event, content);
    if (sent.success) this.#see(id, { seenAt, kind: 'event', event: sent.output });
  }

  async #alarm(): Promise<void> {
    const AlarmNames = [alarmNameOf(this.#observed.volumeId)];
    const { cloudWatch } = this.#world.clients;
    const { MetricAlarms: [alarm] = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));
    if (alarm === undefined) return;
    this.threshold = alarm.Threshold;
    this.#see('alarm', {
      seenAt: this.#world.now(),
      kind: 'alarm',
      state: alarm.StateValue ?? 'of no state',
      reason: alarm.StateReason ?? '',
      changedAt: instant(alarm.StateUpdatedTimestamp?.getTime() ?? this.#world.now()),
    });
  }

  /** Of the volume's alarm, once there is one. */
  threshold: number | undefined;

  async #modification(): Promise<void> {
    const VolumeIds = [this.#observed.volumeId];
    const { ec2 } = this.#world.clients;
    try {
      const { VolumesModifications: [found] = [] } = await ec2.send(
        new DescribeVolumesModificationsCommand({ VolumeIds }),
      );
      if (found === undefined) return;
      const state = found.ModificationState ?? 'of no state';
      const [from, to] = [`${found.OriginalVolumeType}`, `${found.TargetVolumeType}`];
      const progress = found.Progress;
      const seenAt = this.#world.now();
      this.#see('modification', { seenAt, kind: 'modification', state, from, to, progress }, [
        state,
        from,
        to,
      ]);
    } catch (error) {
      if (codeOf(error) !== 'InvalidVolumeModification.NotFound') throw error;
    }
  }

  async #case(): Promise<void> {
    const { volumeId, tableName } = this.#observed;
    const { clients, now } = this.#world;
    const report = (error: Error): never => {
      throw error;
    };
    const book = dynamoCaseBook({ client: clients.dynamo, name: tableName }, { channels: [], now, report });
    const open = (await book.openCases([volumeId])).get(volumeId);
    const known = this.#sightings.newest('case');
    if (open !== undefined)
      this.#see('case', { seenAt: now(), kind: 'case', id: open.id, state: open.state });
    else if (known !== undefined) this.#see('case', { ...known, seenAt: now(), state: 'closed' });
  }

  async #balances(): Promise<void> {
    const { clients, now } = this.#world;
    this.#balancesAt = now();
    const Metric = {
      Namespace: 'AWS/EBS',
      MetricName: 'BurstBalance',
      Dimensions: [{ Name: 'VolumeId', Value: this.#observed.volumeId }],
    };
    const { MetricDataResults: [series] = [] } = await clients.cloudWatch.send(
      new GetMetricDataCommand({
        // A minute, to see how often there really is a point.
        MetricDataQueries: [{ Id: 'balance', MetricStat: { Metric, Period: 60, Stat: 'Minimum' } }],
        StartTime: new Date(Math.floor((now() - balancesSince) / 60_000) * 60_000),
        EndTime: new Date(now()),
        ScanBy: 'TimestampAscending',
      }),
    );
    for (const [place, at] of (series?.Timestamps ?? []).entries()) {
      const percent = series?.Values?.[place];
      if (percent === undefined) continue;
      const from = instant(at.getTime());
      this.#see(`balance ${from}`, { seenAt: now(), kind: 'balance', from, percent });
    }
  }
}
