import { beforeAll, describe, expect, test } from 'vitest';
import { type ExaminedAccount, examinedAccount, examinedTemplate } from '../../../cli/demo/ailing-account.ts';
import type { DoctorPorts } from '../../../core/application/doctor/doctor-ports.ts';
import { examine } from '../../../core/application/doctor/examine.ts';
import { alarmNameOf } from '../../../core/domain/credits/alarm-plan.ts';
import type { Answer } from '../../../core/domain/doctoring/answer.ts';
import { diagnose, tally } from '../../../core/domain/doctoring/diagnosis.ts';
import { type Fact, seen } from '../../../core/domain/doctoring/fact.ts';
import type { DeploymentFacts, Ruled } from '../../../core/domain/doctoring/facts.ts';
import type { Ruling } from '../../../core/domain/doctoring/permission-questions.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { completePolicy } from '../../../lambda/environments/policy-props.ts';

let examined: ExaminedAccount;
let ports: DoctorPorts;
let facts: DeploymentFacts;

beforeAll(async () => {
  examined = await examinedAccount(examinedTemplate());
  const stack = await examined.access.stack('EbsBurst');
  if (stack === undefined) throw new Error('expected the stack EbsBurst');
  ports = examined.access.ports((error) => {
    throw error;
  });
  facts = await examine(stack, read(completePolicy({ mode: 'act' }), ports.clock.now()), ports);
}, 60_000);

const policy = (given: Parameters<typeof completePolicy>[0]): Pick<DeploymentFacts, 'policy'> => ({
  policy: read<Policy>(completePolicy(given), facts.now),
});

const troublesOf = (changed: Partial<DeploymentFacts>): readonly (readonly [string, Answer])[] =>
  diagnose({ ...facts, ...changed }).flatMap(({ check, answers }) =>
    answers.filter(({ kind }) => kind !== 'ok').map((answer) => [check, answer] as const),
  );

const sawOf = (check: string, changed: Partial<DeploymentFacts>): readonly string[] =>
  diagnose({ ...facts, ...changed })
    .filter((result) => result.check === check)
    .flatMap(({ answers }) => answers.map((answer) => (answer.kind === 'ok' ? answer.saw : answer.kind)));

test('a healthy deployment has no trouble', () => {
  expect(troublesOf({})).toEqual([]);
  expect(tally(diagnose(facts))).toEqual({ ok: 18, findings: 0, unknown: 0 });
});

test('every action that the template grants is asked about, but keys and logs', () => {
  const { account, physicalName } = examined;
  const roles = [
    'Responder/Respond',
    'AlarmKeeper/KeepAlarms',
    'Sweep/Sweep',
    'DemandProfiler/ProfileDemand',
  ];
  const paths = [...roles, 'Notices/DeliverNotice', 'CleanUp/CleanUp'];
  const asked = (arn: string) =>
    account.endpoint.calls.flatMap(({ input }) =>
      'PolicySourceArn' in input && input.PolicySourceArn === arn && 'ActionNames' in input
        ? [input.ActionNames].flat().map(String)
        : [],
    );
  for (const path of paths) {
    const arn = account.roles.arn(physicalName(`${path}/Role`));
    const granted = account.roles.statements(arn).flatMap(({ Action }) => [Action].flat());
    const unasked = granted.filter((action) => !/^(kms|logs):/.test(action) && !asked(arn).includes(action));
    expect({ path, unasked }).toEqual({ path, unasked: [] });
    expect(granted.length).toBeGreaterThan(5);
  }
});

test.each([
  ['functions', ['functions', 'concurrency', 'configuration']],
  ['rules', ['rules']],
  ['mappings', ['event sources']],
  ['deadLetters', ['dead letters']],
  ['volumes', ['alarms', 'tags', 'quotas']],
  ['quotas', ['quotas']],
])('%s that AWS does not know are unknown, never well', (fact, checks) => {
  const found = troublesOf({ [fact]: { kind: 'absent' } });
  expect(found.map(([check, { kind }]) => [check, kind])).toEqual(checks.map((check) => [check, 'unknown']));
});

describe('in mode notify', () => {
  test('volumes that consent wait in vain', () => {
    expect(troublesOf({ ...policy({ mode: 'notify' }), rulings: seen([]) })).toEqual([
      [
        'tags',
        expect.objectContaining({ got: expect.stringMatching(/^3 volumes consent by ebs-burst:mode: vol-/) }),
      ],
    ]);
  });

  test('a stopped switch stops nothing, so it is no finding', () => {
    const stopped = { ...policy({ mode: 'notify' }), killSwitch: seen('stop') };
    expect(sawOf('switch', stopped)).toEqual([
      '/ebs-burst/switch says "stop"; this mode modifies nothing anyway',
    ]);
  });

  test('a role that may still modify is a finding', async () => {
    const { policy: notify } = policy({ mode: 'notify' });
    const { rulings } = await examine(facts.stack, notify, ports);
    const found = troublesOf({ ...policy({ mode: 'notify' }), rulings });
    expect(found.map(([check, answer]) => [check, answer.kind === 'finding' && answer.got])).toEqual([
      ['tags', expect.any(String)],
      ['roles', 'ec2:ModifyVolume on a volume tagged ebs-burst:mode is allowed'],
    ]);
  });
});

describe('alarms', () => {
  test('over maxAlarms are named', () => {
    const [[check, answer] = []] = troublesOf(policy({ mode: 'act', maxAlarms: 2 }));
    expect([check, answer]).toEqual([
      'alarms',
      expect.objectContaining({
        got: expect.stringContaining('1 volume over maxAlarms (2), not watched: vol-'),
      }),
    ]);
  });

  test('under our names that are not ours are named, as nothing touches them', () => {
    if (facts.alarms.kind !== 'seen') throw new Error('expected alarms');
    const [first, ...others] = facts.alarms.value;
    if (first === undefined) throw new Error('expected an alarm');
    const foreign = { ...first, description: 'made by hand' };
    expect(troublesOf({ alarms: seen([foreign, ...others]) })).toEqual([
      [
        'alarms',
        expect.objectContaining({
          got: expect.stringContaining('1 alarm under our names that this deployment did not make'),
        }),
      ],
    ]);
    const elsewhere = { ...first, name: alarmNameOf('vol-0f').replace('ebs-burst/', 'team/') };
    expect(troublesOf({ alarms: seen([first, ...others, elsewhere]) })).toEqual([]);
  });

  test('that the first backfill has still to write: wait', () => {
    const census = seen(read({ at: facts.now, backfill: 'running' as const }, facts.now));
    const [[, answer] = []] = troublesOf({ alarms: seen([]), census });
    expect(answer).toMatchObject({ fix: { words: expect.stringContaining('ask again in 2 min') } });
  });
});

describe('a quota on modifications', () => {
  const limitedTo = (limit: number): Pick<DeploymentFacts, 'quotas'> => {
    if (facts.quotas.kind !== 'seen') throw new Error('expected quotas');
    const { modifications, ...rest } = facts.quotas.value;
    const { storageGibibytes, iops } = modifications.gp2;
    const gp2 = { storageGibibytes: { ...storageGibibytes, limit }, iops };
    return { quotas: seen({ ...rest, modifications: { ...modifications, gp2 } }) };
  };

  test('that the largest move exceeds is a finding, and one that it just fits is none', () => {
    expect(troublesOf(limitedTo(99))).toEqual([
      [
        'quotas',
        {
          kind: 'finding',
          subject: 'quota "Storage modifications for General Purpose SSD (gp2) volumes, in TiB"',
          got: '99 GiB at once; the largest move takes 100 GiB',
          expected: expect.stringMatching(/^room for as many moves as the blast radius lets begin/),
          fix: {
            words: 'ask for more in the Service Quotas console of us-east-1, Amazon Elastic Block Store',
          },
        },
      ],
    ]);
    expect(troublesOf(limitedTo(100))).toEqual([]);
  });

  test('that the moves of an hour exceed together is one, which a lower blast radius mends as well', () => {
    const two = policy({ mode: 'act', blastRadius: { volumes: 2, percentOfWatched: 100 } });
    const found = troublesOf({ ...limitedTo(150), ...two }).filter(([check]) => check === 'quotas');
    expect(found.map(([, answer]) => answer)).toEqual([
      expect.objectContaining({
        got: '150 GiB at once; the 2 largest moves of an hour take 200 GiB',
        fix: { words: expect.stringMatching(/, or lower blastRadius$/) },
      }),
    ]);
  });

  test('that not even one move fits is mended by more of it alone', () => {
    const two = policy({ mode: 'act', blastRadius: { volumes: 2, percentOfWatched: 100 } });
    const found = troublesOf({ ...limitedTo(99), ...two }).filter(([check]) => check === 'quotas');
    expect(found.map(([, answer]) => answer)).toEqual([
      expect.objectContaining({ fix: { words: expect.not.stringContaining('blastRadius') } }),
    ]);
  });

  test('that has room is said with what is not counted, only where demand sizes the IOPS of a move', () => {
    const room = 'room in this Region for gp3, io1 and io2, and for all upgrades that may begin in an hour';
    expect(sawOf('quotas', {})).toEqual([room]);
    const fixed = policy({ mode: 'act', target: 'io2', fixedIops: 3_000 });
    expect(sawOf('quotas', fixed)).toEqual([room]);
    const byDemand = policy({ mode: 'act', target: 'io2' });
    expect(sawOf('quotas', byDemand)).toEqual([`${room}; IOPS that are sized by demand are not counted`]);
  });

  test('is none where nothing is moved', () => {
    const found = troublesOf({ ...limitedTo(1), ...policy({ mode: 'notify' }), rulings: seen([]) });
    expect(found.map(([check]) => check)).toEqual(['tags']);
  });
});

describe('without a policy that can be read', () => {
  test('it is said once, and what rests on it is unknown', () => {
    const found = troublesOf({ policy: unread('there is no such output') });
    expect(found.map(([check, { kind }]) => `${kind} ${check}`)).toEqual([
      'finding configuration',
      'unknown alarms',
      'unknown tags',
      'unknown quotas',
      'unknown roles',
    ]);
  });
});

describe('who is told', () => {
  test('nobody is a finding, but not where Slack is told', () => {
    const nobody = { subscriptions: seen([]) };
    expect(troublesOf(nobody)).toEqual([]);
    expect(troublesOf({ ...nobody, slack: seen({ kind: 'none' }) })).toEqual([
      ['subscribers', expect.objectContaining({ got: 'nobody is subscribed, and there is no Slack' })],
    ]);
  });

  const webhook = (holds: Fact<'https-address' | 'something-else'>) => ({
    slack: seen({ kind: 'webhook', parameter: '/team/hook', holds } as const),
  });

  test('a webhook is not tried, as that would post', () => {
    expect(sawOf('Slack', webhook(seen('https-address')))).toEqual([
      'a webhook address is stored; whether Slack takes it only a message can tell',
    ]);
  });

  test.each([
    [seen('something-else' as const), 'something that is no https address'],
    [{ kind: 'absent' } as const, 'it is not there'],
  ])('a webhook parameter that holds %j', (holds, got) => {
    expect(troublesOf(webhook(holds))).toEqual([['Slack', expect.objectContaining({ got })]]);
  });

  test('the command that subscribes again takes an address for one word, whatever is in it', () => {
    const endpoint = "https://hook.example.com/?a=1&b='$(id)";
    const pending = { protocol: 'https', endpoint, isConfirmed: false };
    const [[, answer] = []] = troublesOf({ subscriptions: seen([pending]) });
    expect(answer).toMatchObject({
      fix: {
        command: expect.stringContaining(
          `--notification-endpoint 'https://hook.example.com/?a=1&b='\\''$(id)' --region us-east-1`,
        ),
      },
    });
  });

  test('notices that wait are a finding', () => {
    expect(troublesOf({ stuckNotices: seen(2) })).toEqual([
      ['notices', expect.objectContaining({ got: '2 conversations no channel has taken yet' })],
    ]);
  });
});

describe('roles', () => {
  const ruled = (ruling: Partial<Ruling>): Pick<DeploymentFacts, 'rulings'> => {
    const one: Ruling = { action: 'sns:Publish', decision: 'denied', by: undefined, missing: [], ...ruling };
    const all: readonly Ruled[] = [
      {
        question: {
          of: 'deliver-notice',
          actions: ['sns:Publish'],
          resource: 'arn:topic',
          context: [],
          expected: 'allowed',
        },
        ruling: seen([one]),
      },
    ];
    return { rulings: seen(all) };
  };

  test.each([
    [{ by: 'organization' } as const, 'sns:Publish on arn:topic is denied by a service control policy'],
    [{ by: 'boundary' } as const, 'sns:Publish on arn:topic is denied by its permissions boundary'],
    [{}, 'sns:Publish on arn:topic is denied'],
  ])('a need denied by %j is a finding that says by whom', (ruling, got) => {
    expect(troublesOf(ruled(ruling))).toEqual([['roles', expect.objectContaining({ kind: 'finding', got })]]);
  });

  test('what somebody took off an inline policy no change set brings back: CloudTrail tells of it', () => {
    const [[, answer] = []] = troublesOf(ruled({}));
    expect(answer).toMatchObject({
      fix: {
        words: expect.stringContaining('CloudFormation sees no drift in inline policies'),
        command: expect.stringMatching(
          /^aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=\S*DeliverNotice\S* --region us-east-1$/,
        ),
      },
    });
    const inChina = { ...facts.stack, id: facts.stack.id.replace('arn:aws:', 'arn:aws-cn:') };
    const [[, other] = []] = troublesOf({
      ...ruled({}),
      stack: inChina,
      alarms: seen([]),
      volumes: seen([]),
    });
    expect(other).toMatchObject({ kind: 'finding', fix: { words: expect.any(String) } });
    expect(other).not.toHaveProperty('fix.command');
  });

  test('a denial that hangs on what a simulation does not know is unknown', () => {
    expect(troublesOf(ruled({ missing: ['aws:SourceVpce'] }))).toEqual([
      ['roles', expect.objectContaining({ kind: 'unknown', why: expect.stringContaining('aws:SourceVpce') })],
    ]);
  });

  test('but one that only lacks keys of our own policies is a finding', () => {
    const missing = ['aws:TagKeys', 'aws:ResourceTag/ebs-burst:mode'];
    expect(troublesOf(ruled({ missing })).map(([, { kind }]) => kind)).toEqual(['finding']);
  });

  test('what is allowed as it should be is well, whatever keys are missing', () => {
    expect(troublesOf(ruled({ decision: 'allowed', missing: ['aws:SourceVpce'] }))).toEqual([]);
  });
});
