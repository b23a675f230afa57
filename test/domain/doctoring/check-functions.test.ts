import { describe, expect, test } from 'vitest';
import {
  checkConcurrency,
  checkConfiguration,
  checkFunctions,
  checkStack,
} from '../../../core/domain/doctoring/check-functions.ts';
import { type Fact, seen } from '../../../core/domain/doctoring/fact.ts';
import type { DeploymentFacts, FunctionSight } from '../../../core/domain/doctoring/facts.ts';
import { unread } from '../../../core/domain/reading.ts';
import { absent, configured, denied, linesOf, someDeployment } from './some-deployment.ts';

/** The deployment with `sweep` changed. */
function withSweep(change: Partial<FunctionSight>): DeploymentFacts {
  const { functions, ...rest } = someDeployment();
  if (functions.kind !== 'seen') throw new Error('expected functions');
  return {
    ...rest,
    functions: seen(functions.value.map((one) => (one.name === 'sweep' ? { ...one, ...change } : one))),
  };
}

const inStatus = (status: string): DeploymentFacts => {
  const facts = someDeployment();
  return { ...facts, stack: { ...facts.stack, status } };
};

describe('a stack', () => {
  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'])(
    'that is %s is well',
    (status) => {
      expect(linesOf(checkStack(inStatus(status)))).toBe(`\nok: EbsBurst is ${status}`);
    },
  );

  test('that is being deployed is one to wait for', () => {
    expect(linesOf(checkStack(inStatus('UPDATE_IN_PROGRESS')))).toMatchInlineSnapshot(`
      "
      finding stack EbsBurst: UPDATE_IN_PROGRESS
      expected: a stack that was deployed to its end
      do: wait until it has ended, then ask again
      $ aws cloudformation describe-stack-events --stack-name EbsBurst --region us-east-1"
    `);
  });

  test('whose deployment failed is one to mend', () => {
    expect(linesOf(checkStack(inStatus('ROLLBACK_COMPLETE')))).toMatchInlineSnapshot(`
      "
      finding stack EbsBurst: ROLLBACK_COMPLETE
      expected: a stack that was deployed to its end
      do: its events say what failed; mend that and deploy again
      $ aws cloudformation describe-stack-events --stack-name EbsBurst --region us-east-1"
    `);
  });
});

describe('functions', () => {
  test('that are all active are well', () => {
    expect(linesOf(checkFunctions(someDeployment()))).toBe('\nok: 6 functions, active and up to date');
  });

  test('of which the stack lists only one: each of the others is a finding', () => {
    const { functions, ...rest } = someDeployment();
    if (functions.kind !== 'seen') throw new Error('expected functions');
    const answers = checkFunctions({ ...rest, functions: seen(functions.value.slice(0, 1)) });
    expect(answers).toHaveLength(5);
    expect(linesOf(answers.slice(0, 1))).toMatchInlineSnapshot(`
      "
      finding function keep-alarms: it is not there
      expected: one function for each of the six jobs
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1"
    `);
  });

  test('that AWS does not know or show are told as such', () => {
    expect(linesOf(checkFunctions(withSweep({ configuration: absent })))).toMatchInlineSnapshot(`
      "
      finding function sweep: EbsBurst-sweep is not there
      expected: the function of the stack
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1"
    `);
    const unseen = withSweep({ configuration: denied('lambda:GetFunctionConfiguration') });
    expect(linesOf(checkFunctions(unseen))).toMatchInlineSnapshot(`
      "
      unknown function sweep: not authorized to perform lambda:GetFunctionConfiguration
      needs: lambda:GetFunctionConfiguration"
    `);
    expect(linesOf(checkFunctions(someDeployment({ functions: absent })))).toMatchInlineSnapshot(`
      "
      unknown functions: AWS says that there is no such thing
      needs: nothing"
    `);
    expect(
      linesOf(checkFunctions(someDeployment({ functions: denied('cloudformation:ListStackResources') }))),
    ).toMatchInlineSnapshot(`
      "
      unknown functions: not authorized to perform cloudformation:ListStackResources
      needs: cloudformation:ListStackResources"
    `);
  });

  test('that are not active, or whose update failed, are findings with the reason of AWS', () => {
    const inactive = withSweep({ configuration: configured({ state: 'Inactive', reason: 'Idle' }) });
    expect(linesOf(checkFunctions(inactive))).toMatchInlineSnapshot(`
      "
      finding function sweep: Inactive, last update Successful (Idle)
      expected: Active, last update Successful
      do: AWS says why; mend that and deploy again
      $ aws lambda get-function-configuration --function-name EbsBurst-sweep --region us-east-1"
    `);
    const failed = withSweep({ configuration: configured({ lastUpdate: 'Failed' }) });
    expect(linesOf(checkFunctions(failed))).toMatchInlineSnapshot(`
      "
      finding function sweep: Active, last update Failed
      expected: Active, last update Successful
      do: AWS says why; mend that and deploy again
      $ aws lambda get-function-configuration --function-name EbsBurst-sweep --region us-east-1"
    `);
  });
});

describe('concurrency', () => {
  const reserved = (value: Fact<number | 'unreserved'>) =>
    linesOf(checkConcurrency(withSweep({ reserved: value })));
  const well = '\nok: no function is held back';

  test('that leaves room is well, as is that of a function that is gone, which another check tells', () => {
    expect(reserved(seen('unreserved'))).toBe(well);
    expect(reserved(seen(1))).toBe(well);
    expect(reserved(absent)).toBe(well);
    expect(linesOf(checkConcurrency(someDeployment({ functions: seen([]) })))).toBe(well);
  });

  test('of 0 is a finding, and one that cannot be seen is unknown', () => {
    expect(reserved(seen(0))).toMatchInlineSnapshot(`
      "
      finding function sweep: reserved concurrency 0: it never runs
      expected: none reserved, or at least 1
      do: let it run again
      $ aws lambda delete-function-concurrency --function-name EbsBurst-sweep --region us-east-1"
    `);
    expect(reserved(denied('lambda:GetFunctionConcurrency'))).toMatchInlineSnapshot(`
      "
      unknown function sweep: not authorized to perform lambda:GetFunctionConcurrency
      needs: lambda:GetFunctionConcurrency"
    `);
  });
});

describe('configuration', () => {
  const outputs = {
    Policy: '{"mode":"act","maxAlarms":5}',
    CaseTableName: 'Cases',
    SwitchParameter: '/switch',
    NoticeTopicArn: 'arn:topic',
  };
  const environment = {
    POLICY: outputs.Policy,
    TABLE_NAME: outputs.CaseTableName,
    SWITCH_PARAMETER: outputs.SwitchParameter,
    TOPIC_ARN: outputs.NoticeTopicArn,
  };
  const whenSweepHas = (changed: Readonly<Record<string, string>>) => {
    const { stack, functions, ...rest } = withSweep({ configuration: configured({ environment: changed }) });
    const all = functions.kind === 'seen' ? functions.value : [];
    const sweepAlone = seen(all.filter(({ name }) => name === 'sweep'));
    return linesOf(checkConfiguration({ ...rest, stack: { ...stack, outputs }, functions: sweepAlone }));
  };
  const well = '\nok: the functions have what the outputs of EbsBurst say';

  test('that is what the outputs say is well, and what a function has no use for is no difference', () => {
    expect(whenSweepHas(environment)).toBe(well);
    expect(whenSweepHas({})).toBe(well);
    expect(whenSweepHas({ ...environment, OTHER: 'value' })).toBe(well);
  });

  test.each([['TABLE_NAME'], ['SWITCH_PARAMETER'], ['TOPIC_ARN']] as const)(
    'of another %s was changed by hand',
    (variable) => {
      const [, finding, expected] = whenSweepHas({ ...environment, [variable]: 'other' }).split('\n');
      expect(finding).toBe(`finding function sweep, variable ${variable}: other`);
      expect(expected).toBe(`expected: ${environment[variable]}`);
    },
  );

  test('of another policy is told by the keys that differ, from both sides', () => {
    const changed = { ...environment, POLICY: '{"mode":"notify","maxAlarms":5,"target":"io2"}' };
    expect(whenSweepHas(changed)).toMatchInlineSnapshot(`
      "
      finding function sweep, variable POLICY: mode "notify", target "io2"
      expected: mode "act", target not set
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1"
    `);
  });

  test.each(['not json', '7', 'null'])('of a policy %j, which is no object, is told whole', (policy) => {
    const [, finding, expected] = whenSweepHas({ ...environment, POLICY: policy }).split('\n');
    expect(finding).toBe(`finding function sweep, variable POLICY: ${policy}`);
    expect(expected).toBe(`expected: ${outputs.Policy}`);
  });

  test('of a function that cannot be seen is unknown, and of one that is gone another check tells', () => {
    const unseen = withSweep({ configuration: denied('lambda:GetFunctionConfiguration') });
    expect(linesOf(checkConfiguration(unseen))).toMatchInlineSnapshot(`
      "
      unknown function sweep: not authorized to perform lambda:GetFunctionConfiguration
      needs: lambda:GetFunctionConfiguration"
    `);
    expect(linesOf(checkConfiguration(withSweep({ configuration: absent })))).toBe(well);
    expect(linesOf(checkConfiguration(someDeployment({ functions: seen([]) })))).toBe(well);
  });

  test('without a policy that can be read is a finding', () => {
    const facts = someDeployment({ policy: unread('there is no output Policy') });
    expect(linesOf(checkConfiguration(facts))).toMatchInlineSnapshot(`
      "
      finding output Policy: there is no output Policy
      expected: the policy it decides by
      do: deploy this version of the stack; alarms and permissions cannot be checked before"
    `);
  });
});
