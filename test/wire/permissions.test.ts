import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../cli/demo/synthesize.ts';
import { createAccount } from '../../twin/account.ts';
import { saidInOrder } from '../scenarios/account-history.ts';
import { acting, attachedVolume, hour, type Load, startsAt } from '../scenarios/responder-account.ts';
import { type Assembly, assembled, type DeployedBundles, deployedBundles } from './deployed-bundles.ts';
import { arn, type IamRequest, iamRequestsOf, onAlarm, onTable, onVolume } from './iam-requests.ts';
import { type Allowed, keyPolicyOf, policyReader, statementsOf } from './policies.ts';
import { usedByServices } from './service-uses.ts';

const house = { runbookUrl: 'https://wiki.example.com/ebs-burst', mailTo: ['storage@example.com'] };

let assembly: Assembly;
let responder: DeployedBundles;
let volumeId: string;
let reader: Allowed;

// A bridge and its way back, a volume that goes, and at last the stack: all that the functions ever do.
beforeAll(async () => {
  reader = await policyReader();
  assembly = assembled({ ...house, ...acting, maxMonthlyIncrease: 500, target: 'io2', fixedIops: 2_500 });
  responder = await deployedBundles(assembly);
  const { account } = responder;
  const emptied: readonly Load[] = [
    { at: 0, iops: 50 },
    { at: 30, iops: 2_000 },
    { at: 240, iops: 20 },
  ];
  volumeId = attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, emptied);
  const owned = { 'ebs-burst:mode': 'act', 'aws:cloudformation:stack-name': 'shop' };
  attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100, tags: owned }, emptied);
  const passing = attachedVolume(account, { volumeType: 'gp2', sizeGiB: 50 }, [{ at: 0, iops: 10 }]);
  await account.simulation.runUntil(startsAt + hour);
  account.ebs.volumes.detach(passing);
  account.ebs.volumes.deleteVolume(passing);
  await account.simulation.runUntil(startsAt + 30 * hour);
});

afterAll(async () => {
  await responder.stop();
  assembly.remove();
});

/** Of a Lambda by the name that people have for it. */
function allowed(lambda: string, request: IamRequest): Promise<boolean> {
  const { account, statements } = responder;
  const held = statements.get(lambda);
  if (held === undefined) throw new Error(`there is no Lambda ${lambda}`);
  return reader({ account, statements: held, keyPolicy: keyPolicyOf(assembly.template, account) }, request);
}

const modified = (): readonly object[] =>
  responder.account.endpoint.calls
    .filter(({ operation }) => operation === 'ModifyVolume')
    .map(({ input }) => input);

describe('a bridge, over the wire', () => {
  it('goes to io2, and back after a day of little demand', () => {
    expect(modified()).toEqual([
      { VolumeId: volumeId, VolumeType: 'io2', Iops: 2_500 },
      { VolumeId: volumeId, VolumeType: 'gp2' },
    ]);
    expect(saidInOrder(responder)).toContain('ended put-back');
  });

  it('ends with the stack: the farewell told, alarms gone, every invocation a success', async () => {
    const topic = responder.account.topics.get(responder.deployed.stack.outputs['NoticeTopicArn']);
    expect(await responder.deployed.stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(topic.publications.at(-1)?.subject).toBe(
      'FYI: ebs-burst-responder is gone from us-east-1, no disk is watched',
    );
    expect(responder.account.ebs.alarms.all).toEqual([]);
    const failed = responder.account.functions.log.filter(({ outcome }) => outcome.kind !== 'succeeded');
    expect(failed).toEqual([]);
  });
});

interface Asked {
  readonly lambda: string;
  readonly request: IamRequest;
}

/** Everything the processes sent, each question once; people's calls are left out. */
function sent(): readonly Asked[] {
  const { account, deployed } = responder;
  const asked = account.endpoint.calls.flatMap((call) => {
    const lambda = deployed.lambdaNames.get(call.principal);
    return lambda === undefined ? [] : iamRequestsOf(account, call).map((request) => ({ lambda, request }));
  });
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()];
}

describe('the policies as synthesized, read by somebody else', () => {
  it('allow every call that was made, and what Lambda and SNS do in the functions’ names', async () => {
    const asked = [...sent(), ...usedByServices(responder)];
    const refused: Asked[] = [];
    for (const one of asked) {
      if (!(await allowed(one.lambda, one.request))) refused.push(one);
    }
    expect(refused).toEqual([]);
    expect(asked.length).toBeGreaterThan(60);
  });

  it('hold no action that nothing used', () => {
    const used = new Set(
      [...sent(), ...usedByServices(responder)].map(({ lambda, request }) => `${lambda} ${request.action}`),
    );
    const held = [...responder.statements].flatMap(([lambda, statements]) =>
      statements.flatMap(({ Action }) => [Action].flat().map((action) => `${lambda} ${action}`)),
    );
    expect(held.filter((one) => !used.has(one))).toEqual([]);
  });
});

describe('the policies refuse', () => {
  const stranger = 'vol-0aaaaaaaaaaaaaaaa';
  const tagsOf = (id: string, keys: readonly string[]): IamRequest => ({
    ...onVolume('ec2:CreateTags', id, responder.account),
    // A key without values is none (IAM user guide, "Multivalued context keys").
    context: {
      ...(keys.length > 0 && { 'aws:TagKeys': [...keys] }),
      ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, 'x'])),
    },
  });
  const plain = (action: string, service: string, resource: string) => (): IamRequest => ({
    action,
    resource: resource === '*' ? '*' : arn(responder.account, service, resource),
    context: {},
  });

  it.each<[lambda: string, what: string, request: () => IamRequest]>([
    [
      'respond',
      'modifying a volume without the consent tag',
      () => onVolume('ec2:ModifyVolume', stranger, responder.account),
    ],
    [
      'respond',
      'modifying a volume that says notify',
      () => ({
        ...onVolume('ec2:ModifyVolume', stranger, responder.account),
        context: { 'aws:ResourceTag/ebs-burst:mode': 'notify' },
      }),
    ],
    ['respond', 'deleting a volume', () => onVolume('ec2:DeleteVolume', volumeId, responder.account)],
    ['respond', 'detaching a volume', () => onVolume('ec2:DetachVolume', volumeId, responder.account)],
    ['respond', 'taking a snapshot', () => onVolume('ec2:CreateSnapshot', volumeId, responder.account)],
    ['respond', 'writing the consent tag', () => tagsOf(volumeId, ['ebs-burst:mode'])],
    [
      'respond',
      'writing somebody else’s tag beside one of ours',
      () => tagsOf(volumeId, ['ebs-burst:state', 'Owner']),
    ],
    ['respond', 'writing tags without naming any', () => tagsOf(volumeId, [])],
    ['respond', 'tagging an instance', plain('ec2:CreateTags', 'ec2', 'instance/i-0aaaaaaaaaaaaaaaa')],
    ['respond', 'throwing the switch itself', plain('ssm:PutParameter', 'ssm', 'parameter/ebs-burst/switch')],
    ['respond', 'reading another parameter', plain('ssm:GetParameter', 'ssm', 'parameter/shop/password')],
    ['respond', 'scanning the table', () => onTable('Scan', 'ResponderCases0233D21A', responder.account)],
    ['respond', 'another table', () => onTable('GetItem', 'shop', responder.account)],
    ['respond', 'publishing a notice', plain('sns:Publish', 'sns', 'any')],
    [
      'keep-alarms',
      'modifying a volume that consents',
      () => onVolume('ec2:ModifyVolume', volumeId, responder.account),
    ],
    ['keep-alarms', 'deleting a foreign alarm', () => onAlarm('DeleteAlarms', 'shop/cpu', responder.account)],
    [
      'keep-alarms',
      'overwriting a foreign alarm',
      () => onAlarm('PutMetricAlarm', 'shop/cpu', responder.account),
    ],
    [
      'keep-alarms',
      'setting the state of an alarm of ours',
      () => onAlarm('SetAlarmState', `ebs-burst/${volumeId}`, responder.account),
    ],
    [
      'keep-alarms',
      'silencing an alarm of ours',
      () => onAlarm('DisableAlarmActions', `ebs-burst/${volumeId}`, responder.account),
    ],
    ['clean-up', 'deleting a foreign alarm', () => onAlarm('DeleteAlarms', 'shop/cpu', responder.account)],
    [
      'clean-up',
      'deleting the table',
      () => onTable('DeleteTable', 'ResponderCases0233D21A', responder.account),
    ],
    ['deliver-notice', 'publishing to another topic', plain('sns:Publish', 'sns', 'billing')],
    ['deliver-notice', 'reading the switch', plain('ssm:GetParameter', 'ssm', 'parameter/ebs-burst/switch')],
    ['sweep', 'purging the queue', plain('sqs:PurgeQueue', 'sqs', 'ResponderWork4AE80953')],
    ['profile-demand', 'writing a metric', plain('cloudwatch:PutMetricData', 'cloudwatch', '*')],
  ])('%s: %s', async (lambda, _what, request) => {
    expect(await allowed(lambda, request())).toBe(false);
  });

  it('modifying anything, in a deployment that only notifies', async () => {
    const account = createAccount({
      accountId: '123456789012',
      region: 'us-east-1',
      startAt: startsAt,
      seed: 7,
    });
    const stack = account.loadTemplate(synthesize({ ...house, mode: 'notify' }), 'EbsBurst');
    const statements = statementsOf(account, stack.physicalName('Responder/Respond/Function'));
    const consented = { 'aws:ResourceTag/ebs-burst:mode': 'act' };
    const modify = { ...onVolume('ec2:ModifyVolume', volumeId, account), context: consented };
    expect(statements.length).toBeGreaterThan(0);
    expect(await reader({ account, statements, keyPolicy: undefined }, modify)).toBe(false);
  });
});
