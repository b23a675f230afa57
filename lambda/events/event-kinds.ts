import * as v from 'valibot';
import { alarmStateChange } from './alarm-state-change.ts';
import type { DomainEvent, Home } from './domain-event.ts';
import { explain } from './explain.ts';
import { instanceStateChange } from './instance-state-change.ts';
import { lookAt } from './look-at.ts';
import { volumeNotification } from './volume-notification.ts';

const eventKinds: Readonly<Record<string, (event: unknown, home: Home) => DomainEvent>> = {
  'aws.cloudwatch / CloudWatch Alarm State Change': alarmStateChange,
  'aws.ec2 / EBS Volume Notification': volumeNotification,
  'aws.ec2 / EC2 Instance State-change Notification': instanceStateChange,
};

const envelope = v.object({
  source: v.string(),
  'detail-type': v.string(),
  account: v.string(),
  region: v.string(),
});

/** What arrived, as EventBridge or our own queue delivers it. Never throws: what we cannot use is `ignored`, with why. */
export function domainEvent(raw: unknown, home: Home): DomainEvent {
  if (v.is(v.object({ kind: v.literal('look-at') }), raw)) return lookAt(raw);
  const parsed = v.safeParse(envelope, raw);
  if (!parsed.success) return { kind: 'ignored', why: `no event: ${explain(parsed.issues)}` };
  const { source, 'detail-type': detailType, account, region } = parsed.output;
  const kind = `${source} / ${detailType}`;
  const translate = Object.hasOwn(eventKinds, kind) ? eventKinds[kind] : undefined;
  if (translate === undefined) return { kind: 'ignored', why: `unknown kind of event: ${kind}` };
  if (account !== home.account || region !== home.region) {
    return {
      kind: 'ignored',
      why: `event of ${account} in ${region}, expected ${home.account} in ${home.region}`,
    };
  }
  return translate(raw, home);
}

/** The same for a message body. */
export function domainEventIn(body: string, home: Home): DomainEvent {
  try {
    return domainEvent(JSON.parse(body), home);
  } catch {
    return { kind: 'ignored', why: `no JSON in a message of ${body.length} characters` };
  }
}
