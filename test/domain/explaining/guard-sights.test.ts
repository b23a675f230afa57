import { expect, test } from 'vitest';
import { guards } from '../../../core/domain/deciding/guards.ts';
import type { Rules } from '../../../core/domain/deciding/rules.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { sightOf } from '../../../core/domain/explaining/guard-sights.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { after, iops, minutes } from '../../../core/domain/units.ts';
import { announced, asked } from '../some-case.ts';
import { ago, bridge, consent, fix, roomyQuotas, rulesFor, someSituation } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

type Policy = Parameters<typeof rulesFor>[1];

function sawOf(
  name: string,
  given: Partial<Situation> = {},
  { plan = fix(), policy = {} as Policy, narrowed = {} as Partial<Rules['policy']> } = {},
): string {
  const guard = guards.find((one) => one.name === name);
  if (guard === undefined) throw new Error(`no guard is called ${name}; expected one of guards.ts`);
  const situation = someSituation(given);
  return sightOf(guard, { situation, policy: { ...rulesFor(situation, policy).policy, ...narrowed }, plan });
}

const tagged = (tags: Readonly<Record<string, string>>): Partial<Situation> => ({
  volume: someVolume({ tags }),
});
const attachedTo = (...instanceIds: readonly string[]): Partial<Situation> => ({
  volume: someVolume({ attachment: { kind: 'attached', instanceIds, since: noon } }),
});
const detached: Partial<Situation> = { volume: someVolume({ attachment: { kind: 'detached' } }) };
const slots = (ours: number, others: number): Partial<Situation> => ({
  slots: {
    ours: Array.from({ length: ours }, () => asked(ago(minutes(90)))),
    others: Array.from({ length: others }, (_nothing, index) => ago(minutes(60 - 10 * index))),
  },
});

test.each<readonly [guard: string, given: Partial<Situation>, saw: string]>([
  ['opted out', tagged(consent), 'mode act; ebs-burst:mode=act'],
  ['opted out', tagged({}), 'mode act; no tag ebs-burst:mode'],
  ['invalid tag', tagged(consent), 'no tag ebs-burst:* that we cannot read'],
  ['notify mode', tagged(consent), 'mode act, of the deployment and the tags together'],
  ['no consent', tagged({}), 'no tag ebs-burst:mode; wanted ebs-burst:mode=act'],
  ['no genesis item', {}, 'the table has its genesis item'],
  ['unknown case tag', {}, 'no tag ebs-burst:state; our table holds no case'],
  [
    'unknown case tag',
    { ...tagged({ 'ebs-burst:state': 'EB-1#2' }), openCase: announced({ id: 'EB-7', version: 3 }) },
    'ebs-burst:state=EB-1#2; our table holds EB-7#3',
  ],
  ['muted', {}, 'its alarm is not muted'],
  ['not burstable', {}, 'gp2'],
  [
    'baseline covers burst',
    { volume: someVolume({ configuration: { type: 'standard' } }) },
    'standard of 100 GiB has no bucket that runs out',
  ],
  ['detached', attachedTo('i-1', 'i-2'), 'attached to i-1, i-2'],
  ['detached', detached, 'attached to nothing'],
  ['multi-attach', attachedTo('i-1', 'i-2'), 'attachments: 2; multi-attach off'],
  ['multi-attach', { volume: someVolume({ multiAttach: true }) }, 'attachments: 1; multi-attach on'],
  ['multi-attach', detached, 'attachments: 0; multi-attach off'],
  ['managed by another operator', {}, 'no operator'],
  ['managed by another operator', { volume: someVolume({ operator: 'eks.example' }) }, 'eks.example'],
  ['VolumeAttributesClass', {}, 'no tag of the EBS CSI driver'],
  ['VolumeAttributesClass', tagged({ CSIVolumeName: 'pvc-1' }), 'tag CSIVolumeName'],
  ['AWS asked us to wait', {}, 'no answer of AWS that still counts'],
  ['fresh evidence', { balance: read([], noon) }, 'no reading'],
  ['modification in flight', { modification: unread('Throttling') }, 'Throttling'],
  ['a slot for a person', slots(1, 2), '3 of 4 used in 24 hours, one stays for a person'],
  ['changed by somebody else', {}, 'no change by others in 24 hours'],
  ['changed by somebody else', slots(0, 2), 'changed at 11:10 UTC'],
  ['our modifications of 24 hours', slots(1, 0), '1 of 2 by us in 24 hours'],
  ['volume health', { health: unread('AccessDenied') }, 'AccessDenied'],
  ['volume health', { health: read({ kind: 'impaired', status: 'degraded' }, noon) }, 'degraded'],
  ['volume health', { health: read({ kind: 'stalled' }, noon) }, 'stalled'],
  ['instance bottleneck', { instanceLimit: unread('AccessDenied') }, 'AccessDenied'],
  ['instance bottleneck', {}, 'no limit of the instance was reached in 10 minutes'],
  [
    'instance bottleneck',
    { instanceLimit: read({ kind: 'reached', instanceId: 'i-1', sign: 'EBSIOBalance% 0' }, noon) },
    'i-1: EBSIOBalance% 0',
  ],
  ['CloudFormation update', { stack: unread('AccessDenied') }, 'AccessDenied'],
  ['CloudFormation update', {}, 'belongs to no stack'],
  [
    'CloudFormation update',
    { stack: read({ kind: 'settled', stack: 'orders' }, noon) },
    'stack orders is settled',
  ],
  [
    'CloudFormation update',
    { stack: read({ kind: 'updating', stack: 'orders', status: 'UPDATE_IN_PROGRESS' }, noon) },
    'stack orders is in UPDATE_IN_PROGRESS',
  ],
  ['regional quota', { quota: unread('AccessDenied') }, 'AccessDenied'],
  ['regional modification quota', { quota: unread('AccessDenied') }, 'AccessDenied'],
  ['spend and blast radius', { ledger: unread('no table') }, 'no table'],
  ['spend and blast radius', { watchedVolumes: unread('no census') }, 'no census'],
])('%s saw of %j', (name, given, saw) => {
  expect(sawOf(name, given)).toBe(saw);
});

test('a mute that lasts is shown with its end, one that is over is none', () => {
  expect(sawOf('muted', { mutedUntil: { at: after(noon, minutes(30)), end: 'told' } })).toBe(
    'muted until 12:30 UTC',
  );
  expect(sawOf('muted', { mutedUntil: { at: noon, end: 'told' } })).toBe('its alarm is not muted');
});

test('tags that cannot be read are shown each', () => {
  const volume = someVolume({ tags: { 'ebs-burst:mode': 'yes', 'ebs-burst:target': 'gp9' } });
  expect(sawOf('invalid tag', { volume })).toBe('ebs-burst:mode=yes, ebs-burst:target=gp9');
});

test('consent is shown with every value that counts', () => {
  const act = { tagKey: 'team', values: ['yes', 'please'] };
  const volume = someVolume({ tags: { team: 'no' } });
  expect(sawOf('no consent', { volume }, { policy: { act } })).toBe('team=no; wanted team=yes|please');
});

test('a table without genesis item is told', () => {
  const memory = { kind: 'no-genesis' } as const;
  expect(sawOf('no genesis item', { memory })).toBe('the table has none');
});

test('the quota of a target that provisions IOPS shows both, one without limit shows what is asked for', () => {
  const toIo2 = fix({ to: { type: 'io2', iops: iops(3_000) } });
  expect(sawOf('regional quota', {}, { plan: toIo2 })).toMatchInlineSnapshot(
    `"1,000 GiB +100 of 50,000, 1,000 IOPS +3,000 of 100,000"`,
  );
  expect(sawOf('regional quota', {}, { plan: bridge({ to: { type: 'st1' } }) })).toBe(
    'no quota of provisioned IOPS for st1',
  );
  const { provisioned } = roomyQuotas;
  const endless = { ...provisioned.gp3.storageGibibytes, limit: Number.POSITIVE_INFINITY };
  const gp3 = { ...provisioned.gp3, storageGibibytes: endless };
  const quota = read({ ...roomyQuotas, provisioned: { ...provisioned, gp3 } }, noon);
  expect(sawOf('regional quota', { quota })).toBe('+100 GiB, taken to have room');
});

test('what AWS asked us to wait for is shown with the end of the waiting', () => {
  const refusal = { code: 'aws-iops-quota' } as const;
  const openCase = announced({ putOff: { refusal, until: after(noon, minutes(30)) } });
  expect(sawOf('AWS asked us to wait', { openCase })).toMatchInlineSnapshot(
    `"AWS refused: the Region's provisioned IOPS quota is reached; counts until 12:30 UTC"`,
  );
});
