/** One safety taken out of the code, and the test that must turn red without it. */
export interface Removal {
  /** What is removed; of a guard, its name in core/domain/deciding/guards.ts. */
  readonly name: string;
  readonly file: string;
  /** Where in the file to begin; `find` must occur exactly once from there on. */
  readonly after?: string;
  readonly find: string;
  readonly replace: string;
  readonly test: {
    readonly file: string;
    /** The beginning of the test's full name, its `describe` included. */
    readonly name: string;
  };
}

/** The guard's line in the list; its tests ask the whole list. */
const guard = (topic: string, identifier: string, name: string): Removal => ({
  name,
  file: 'core/domain/deciding/guards.ts',
  after: 'export const guards',
  find: `  ${identifier},\n`,
  replace: '',
  test: { file: `test/domain/deciding/guards/${topic}.test.ts`, name: `guard "${name}" refuses` },
});

export const guardRemovals: readonly Removal[] = [
  guard('consent', 'optedOut', 'opted out'),
  guard('consent', 'invalidTag', 'invalid tag'),
  guard('consent', 'notifyMode', 'notify mode'),
  guard('consent', 'noConsent', 'no consent'),
  guard('memory', 'noGenesis', 'no genesis item'),
  guard('memory', 'unknownCaseTag', 'unknown case tag'),
  guard('consent', 'muted', 'muted'),
  guard('volume', 'unjudgeable', 'unjudgeable volume'),
  guard('volume', 'magnetic', 'standard volume'),
  guard('volume', 'notBurstable', 'not burstable'),
  guard('volume', 'baselineCoversBurst', 'baseline covers burst'),
  guard('volume', 'detached', 'detached'),
  guard('volume', 'multiAttach', 'multi-attach'),
  guard('volume', 'managedByOperator', 'managed by another operator'),
  guard('volume', 'kubernetesOwned', 'VolumeAttributesClass'),
  guard('modifications', 'alreadyThere', 'already there'),
  guard('modifications', 'askedToWait', 'AWS asked us to wait'),
  guard('evidence', 'freshEvidence', 'fresh evidence'),
  guard('modifications', 'modificationInFlight', 'modification in flight'),
  guard('modifications', 'slotForAPerson', 'a slot for a person'),
  guard('modifications', 'foreignChange', 'changed by somebody else'),
  guard('modifications', 'ourSlots', 'our modifications of 24 hours'),
  guard('evidence', 'volumeHealth', 'volume health'),
  guard('evidence', 'instanceBottleneck', 'instance bottleneck'),
  guard('surroundings', 'stackUpdating', 'CloudFormation update'),
  guard('surroundings', 'regionalQuota', 'regional quota'),
  guard('surroundings', 'modificationQuota', 'regional modification quota'),
  guard('caps', 'caps', 'spend and blast radius'),
];

const respondTest = 'test/application/respond.test.ts';
const caseBookTest = 'test/adapters/dynamo-case-book.test.ts';
const commitTest = 'test/adapters/case-commit.test.ts';
const sameLedger = 'two volumes that claim on the same version of the ledger';
const modifierTest = 'test/adapters/ec2-volume-modifier.test.ts';
const deliverTest = 'test/application/deliver-notice.test.ts';

const fenceRemovals: readonly Removal[] = [
  {
    name: 'the claim: a new case needs an empty place',
    file: 'lambda/adapters/case-commit.ts',
    find: "if (expectedVersion === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };",
    replace: 'if (expectedVersion === 0) return {};',
    test: { file: caseBookTest, name: 'commit is overtaken by whoever wrote first' },
  },
  {
    name: 'the claim: a step needs the version it was decided on',
    file: 'lambda/adapters/case-commit.ts',
    after: 'function fence',
    find: "'#version = :version AND #caseId = :caseId'",
    replace: "'(#version = :version OR #version <> :version) AND #caseId = :caseId'",
    test: { file: caseBookTest, name: 'commit is overtaken by whoever wrote first' },
  },
  {
    name: 'the claim: a step needs its own case',
    file: 'lambda/adapters/case-commit.ts',
    after: 'function fence',
    find: "'#version = :version AND #caseId = :caseId'",
    replace: "'#version = :version AND (#caseId = :caseId OR #caseId <> :caseId)'",
    test: { file: caseBookTest, name: 'commit does not take another case of the same version' },
  },
  {
    name: 'the claim: spend and blast radius on the version that was asked',
    file: 'lambda/adapters/case-commit.ts',
    after: 'function ledgerPart',
    find: "ConditionExpression: '#version = :version',",
    replace: "ConditionExpression: '#version = :version OR #version <> :version',",
    test: { file: commitTest, name: `${sameLedger} get one claim on every later version` },
  },
  {
    name: 'the claim: the first of all on a ledger never written',
    file: 'lambda/adapters/case-commit.ts',
    after: 'function ledgerPart',
    find: "Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }",
    replace: 'Put: { TableName, Item }',
    test: { file: commitTest, name: `${sameLedger} get one claim while the ledger has never been written` },
  },
  {
    name: 'the claim before the call',
    file: 'core/application/carry-out.ts',
    find: "if (claim.kind === 'overtaken') {",
    replace: 'if (false) {',
    test: { file: respondTest, name: 'a volume that heads for the wall is moved once by two workers' },
  },
  {
    name: 'five minutes of certainty before an intent is released',
    file: 'core/domain/deciding/decide-follow.ts',
    find: 'const certainAfter = minutes(5);',
    replace: 'const certainAfter = minutes(0);',
    test: { file: respondTest, name: 'an answer that was lost is not asked again within five minutes' },
  },
  {
    name: 'adoption of a request that AWS accepted',
    file: 'core/domain/deciding/decide-follow.ts',
    find: '  if (accepted !== undefined)\n',
    replace: '  if (accepted !== undefined && false)\n',
    test: { file: respondTest, name: 'a crash between call and outcome is adopted' },
  },
];

const switchRemovals: readonly Removal[] = [
  {
    name: 'the read of the kill switch',
    file: 'core/application/carry-out.ts',
    find: 'ports.modifier.readSwitch()',
    replace: "Promise.resolve({ kind: 'run' as const, readAt: next.intendedAt })",
    test: { file: respondTest, name: 'the kill switch stops every modification' },
  },
  {
    name: 'the permit that modifying takes',
    file: 'core/application/carry-out.ts',
    find: "permit.kind === 'run' ?",
    replace: "permit.kind !== 'modify' ?",
    test: { file: respondTest, name: 'the kill switch stops every modification' },
  },
  {
    name: 'the one word that means run',
    file: 'lambda/adapters/ec2-volume-modifier.ts',
    find: "return got === 'run' ?",
    replace: 'return true ?',
    test: { file: modifierTest, name: 'readSwitch does not take' },
  },
  {
    name: 'the stop when the switch cannot be read',
    file: 'lambda/adapters/ec2-volume-modifier.ts',
    after: 'async function switchAnswer',
    find: 'return stop(`unreadable: ',
    replace: "if (error !== 1) return { kind: 'run', readAt };\n    return stop(`unreadable: ",
    test: { file: modifierTest, name: 'readSwitch stops where the switch is missing or unreadable' },
  },
  {
    name: 'the age limit of a permit',
    file: 'lambda/adapters/ec2-volume-modifier.ts',
    find: 'return age <= permitLife ?',
    replace: 'return age <= Number.POSITIVE_INFINITY ?',
    test: { file: modifierTest, name: 'modify does not act on an older one' },
  },
];

const outboxRemovals: readonly Removal[] = [
  {
    name: 'the retry of a notice: its rows are kept pending',
    file: 'core/application/deliver-notice.ts',
    find: '  await outbox.recordFailed(conversation, pending, nextTryAt);\n',
    replace: '  await outbox.recordSent(conversation, pending, conversation.handle, nextTryAt);\n',
    test: { file: deliverTest, name: 'a failure keeps the rows and comes back later each time' },
  },
  {
    name: 'the retry of a notice: it is put off',
    file: 'core/application/deliver-notice.ts',
    find: '  await outbox.recordFailed(conversation, pending, nextTryAt);\n',
    replace: '',
    test: { file: deliverTest, name: 'a failed conversation is not due before its time' },
  },
  {
    name: 'the lease on a conversation that is being told',
    file: 'core/application/deliver-notice.ts',
    find: "  if ((await leaseOn(outbox, conversation, clock.now())) === 'taken') return { kind: 'taken' };\n",
    replace: '',
    test: {
      file: deliverTest,
      name: 'of two deliveries side by side one tells it, and the other leaves it be',
    },
  },
  {
    name: 'the record after success',
    file: 'core/application/deliver-notice.ts',
    find: 'const recorded = await outbox.recordSent(conversation, pending, answer.handle, now);',
    replace: "const recorded = 'recorded' as 'recorded' | 'overtaken';",
    test: { file: deliverTest, name: 'nothing is told twice' },
  },
];

const observeTest = 'test/application/observe.test.ts';

const doubtRemovals: readonly Removal[] = [
  {
    name: 'our change is known by its target, not by its time alone',
    file: 'core/application/freeze-situation.ts',
    after: 'function othersOf',
    find: ' && to !== undefined && isSame(to, request.to)',
    replace: '',
    test: {
      file: observeTest,
      name: 'the modifications of 24 hours do not take for ours what leads elsewhere',
    },
  },
  {
    name: 'our requests are read again after the open cases',
    file: 'core/application/freeze-situation.ts',
    find: 'second.past.requests.get(volume.id) ?? ',
    replace: '',
    test: { file: observeTest, name: 'the modifications of 24 hours are counted of a case that was closing' },
  },
  {
    name: 'five minutes of absence before a volume is gone',
    file: 'core/domain/cases/absent-case.ts',
    find: 'const goneAfter = minutes(5);',
    replace: 'const goneAfter = minutes(0);',
    test: {
      file: 'test/application/absent-volume.test.ts',
      name: 'a volume we asked AWS to move that one answer lacks keeps its case',
    },
  },
  {
    name: 'the doubt about a list that lacks most volumes',
    file: 'core/domain/credits/vanishing.ts',
    find: "kind: isBelieved ? 'believed' : 'doubted'",
    replace: "kind: isBelieved ? 'believed' : 'believed'",
    test: {
      file: 'test/application/keep-alarms.test.ts',
      name: 'a list that lacks most volumes with an alarm of 0 of 5 is doubted',
    },
  },
  {
    name: 'the call for help where a wall was promised and nothing can be seen',
    file: 'core/domain/deciding/decide-rescue.ts',
    find: "kind: isTime && !isMuted(situation) ? 'page' : 'warn'",
    replace: "kind: isTime && !isMuted(situation) ? 'warn' : 'warn'",
    test: {
      file: 'test/domain/deciding/decide-blind.test.ts',
      name: 'a warned volume that cannot be seen any more is a call for help: when it is time',
    },
  },
  {
    name: 'the word that is due at the promised time',
    file: 'core/domain/cases/told.ts',
    find: 'told?.promisedAt !== undefined && now >= before(told.promisedAt, lookTakes)',
    replace: 'told?.promisedAt !== undefined && now < before(now, lookTakes)',
    test: {
      file: 'test/domain/cases/what-is-told.test.ts',
      name: 'the next word that was promised is that it has eased',
    },
  },
];

/** Everything that keeps us from a wrong act or a lost word, each with the test that proves it is there. */
export const removals: readonly Removal[] = [
  ...guardRemovals,
  ...fenceRemovals,
  ...switchRemovals,
  ...outboxRemovals,
  ...doubtRemovals,
];
