import { alarmNameOf, burstBalanceAlarm, planAlarms } from '../../../core/domain/credits/alarm-plan.ts';
import type { Answer } from '../../../core/domain/doctoring/answer.ts';
import { type Fact, seen } from '../../../core/domain/doctoring/fact.ts';
import type {
  DeploymentFacts,
  FunctionConfiguration,
  PartSight,
  Ruled,
} from '../../../core/domain/doctoring/facts.ts';
import { functionNames } from '../../../core/domain/doctoring/parts.ts';
import type { PermissionQuestion, Ruling } from '../../../core/domain/doctoring/permission-questions.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { read } from '../../../core/domain/reading.ts';
import { before, minutes } from '../../../core/domain/units.ts';
import type { Volume } from '../../../core/domain/volume.ts';
import { consent, roomyQuotas } from '../some-situation.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

export const absent = { kind: 'absent' } as const;
export const denied = (action: string) =>
  ({ kind: 'unseen', action, because: 'denied', said: `not authorized to perform ${action}` }) as const;

const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/EbsBurst/one';

export const configured = (rest: Partial<FunctionConfiguration> = {}): Fact<FunctionConfiguration> =>
  seen({
    state: 'Active',
    lastUpdate: 'Successful',
    reason: undefined,
    role: undefined,
    environment: { POLICY: '{"mode":"act"}', TABLE_NAME: 'Cases' },
    ...rest,
  });

/** One part of the stack, and what was seen of it. */
export const sight = <Value>(logicalId: string, seenOfIt: Fact<Value>): PartSight<Value> => ({
  part: { logicalId, type: 'AWS::Any::Thing', physicalId: `physical-${logicalId}` },
  sight: seenOfIt,
});

/** One question and its answer; `deliver-notice` may publish, unless the test says otherwise. */
export const ruled = (question: Partial<PermissionQuestion>, ruling: Partial<Ruling>): Ruled => ({
  question: {
    of: 'deliver-notice',
    actions: ['sns:Publish'],
    resource: 'arn:topic',
    context: [],
    expected: 'allowed',
    ...question,
  },
  ruling: seen([{ action: 'sns:Publish', decision: 'allowed', by: undefined, missing: [], ...ruling }]),
});

/** Their alarms, as the keeper of this deployment writes them. */
export const alarmsOf = (volumes: readonly Volume[], policy: Policy = somePolicy()) =>
  planAlarms(volumes, policy, stackId, noon).desired.map(({ volumeId, description, threshold }) => ({
    name: alarmNameOf(volumeId),
    description,
    threshold,
    volumeId,
    definition: burstBalanceAlarm,
  }));

export const fleet = [someVolume({ id: 'vol-1', tags: consent }), someVolume({ id: 'vol-2' })];

/** A deployment in mode `act`, of which everything was seen and is well. */
export const someDeployment = (rest: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  now: noon,
  stack: {
    name: 'EbsBurst',
    id: stackId,
    status: 'UPDATE_COMPLETE',
    account: '111122223333',
    region: 'us-east-1',
    outputs: {
      Policy: '{"mode":"act"}',
      CaseTableName: 'Cases',
      SwitchParameter: '/ebs-burst/switch',
      NoticeTopicArn: 'arn:topic',
    },
  },
  policy: read(somePolicy(), noon),
  functions: seen(
    functionNames.map((name) => ({
      name,
      physicalName: `EbsBurst-${name}`,
      configuration: configured({ role: `arn:aws:iam::111122223333:role/path/role-of-${name}` }),
      reserved: seen('unreserved' as const),
    })),
  ),
  rules: seen([sight('Census01234567', seen('ENABLED')), sight('Changes01234567', seen('ENABLED'))]),
  mappings: seen([sight('Work01234567', seen({ state: 'Enabled', source: 'arn:queue' }))]),
  deadLetters: seen([sight('Unanswered01234567', seen(0))]),
  hasGenesis: seen(true),
  census: seen(read({ at: before(noon, minutes(7)), backfill: 'complete' as const }, noon)),
  overdue: seen([]),
  stuckNotices: seen(0),
  volumes: seen(fleet),
  alarms: seen(alarmsOf(fleet)),
  subscriptions: seen([{ protocol: 'email', endpoint: 'team@example.com', isConfirmed: true }]),
  slack: seen({ kind: 'none' }),
  killSwitch: seen('run'),
  rulings: seen([ruled({}, {}), ruled({ expected: 'denied' }, { decision: 'denied' })]),
  quotas: seen(roomyQuotas),
  ...rest,
});

/** An answer as lines: everything of it that a person is told. */
export function linesOf(answers: readonly Answer[]): string {
  return answers.flatMap((answer) => ['', ...linesOfOne(answer)]).join('\n');
}

function linesOfOne(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case 'ok':
      return [`ok: ${answer.saw}`];
    case 'unknown':
      return [`unknown ${answer.subject}: ${answer.why}`, `needs: ${answer.needs ?? 'nothing'}`];
    default: {
      const { subject, got, expected, fix } = answer;
      const lines = [`finding ${subject}: ${got}`, `expected: ${expected}`, `do: ${fix.words}`];
      return fix.command === undefined ? lines : [...lines, `$ ${fix.command}`];
    }
  }
}
