import { describe, expect, test } from 'vitest';
import { checkPermissions, checkSwitch } from '../../../core/domain/doctoring/check-acting.ts';
import { type Fact, seen } from '../../../core/domain/doctoring/fact.ts';
import type { DeploymentFacts, Ruled } from '../../../core/domain/doctoring/facts.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { noon, somePolicy } from '../some-volume.ts';
import { absent, configured, denied, linesOf, ruled, someDeployment } from './some-deployment.ts';

describe('the kill switch', () => {
  const switchLines = (killSwitch: Fact<string>, rest: Partial<DeploymentFacts> = {}) =>
    linesOf(checkSwitch(someDeployment({ killSwitch, ...rest })));

  test('that says run is well', () => {
    expect(switchLines(seen('run'))).toBe('\nok: /ebs-burst/switch says run');
  });

  test('that says anything else, or is gone, is a finding', () => {
    expect(switchLines(seen('stop'))).toMatchInlineSnapshot(`
      "
      finding parameter /ebs-burst/switch: "stop": nothing is modified
      expected: run
      do: set it to run when we may act again
      $ aws ssm put-parameter --overwrite --name /ebs-burst/switch --value run --region us-east-1"
    `);
    expect(switchLines(absent)).toMatchInlineSnapshot(`
      "
      finding parameter /ebs-burst/switch: it is not there, which stops all modifications
      expected: run
      do: make it again when we may act
      $ aws ssm put-parameter --type String --name /ebs-burst/switch --value run --region us-east-1"
    `);
  });

  test('that says stop where nothing may act anyway is well, but a policy that cannot be read may act', () => {
    const notify = { policy: read(somePolicy({ mode: 'notify' }), noon) };
    expect(switchLines(seen('stop'), notify)).toBe(
      '\nok: /ebs-burst/switch says "stop"; this mode modifies nothing anyway',
    );
    expect(switchLines(seen('stop'), { policy: unread('no output') })).toBe(switchLines(seen('stop')));
  });

  test('that cannot be seen, or that no output names, is told as such', () => {
    expect(switchLines(denied('ssm:GetParameter'))).toMatchInlineSnapshot(`
      "
      unknown parameter /ebs-burst/switch: not authorized to perform ssm:GetParameter
      needs: ssm:GetParameter"
    `);
    const { stack } = someDeployment();
    const unnamed = { stack: { ...stack, outputs: {} } };
    expect(switchLines(seen('run'), unnamed)).toMatchInlineSnapshot(`
      "
      ok: named by no output SwitchParameter says run"
    `);
  });
});

describe('roles', () => {
  const roleLines = (rulings: Fact<readonly Ruled[]>, rest: Partial<DeploymentFacts> = {}) =>
    linesOf(checkPermissions(someDeployment({ rulings, ...rest })));
  const refused = { decision: 'denied' } as const;

  test('that may do what they need and nothing dangerous are well', () => {
    expect(linesOf(checkPermissions(someDeployment()))).toBe(
      '\nok: 1 needs allowed, 1 dangers denied, by simulation',
    );
  });

  test('that lack what they need are findings, with who changed them', () => {
    expect(roleLines(seen([ruled({}, refused)]))).toMatchInlineSnapshot(`
      "
      finding role of deliver-notice: sns:Publish on arn:topic is denied
      expected: allowed
      do: deploy this version, if the stack is older. What somebody took off by hand no deployment brings back, as CloudFormation sees no drift in inline policies: undo what CloudTrail shows
      $ aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=role-of-deliver-notice --region us-east-1"
    `);
  });

  test('that may do what is dangerous are findings, named by what it is about', () => {
    const widened = ruled({ expected: 'denied', about: 'alarms of others' }, {});
    expect(roleLines(seen([widened]))).toMatchInlineSnapshot(`
      "
      finding role of deliver-notice: sns:Publish on alarms of others is allowed
      expected: denied
      do: somebody widened the role: take the policy that allows it off again; CloudTrail says who did what
      $ aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=role-of-deliver-notice --region us-east-1"
    `);
  });

  test('that somebody else’s policy holds back are findings, and not ours to mend', () => {
    expect(roleLines(seen([ruled({}, { ...refused, by: 'organization' })]))).toMatchInlineSnapshot(`
      "
      finding role of deliver-notice: sns:Publish on arn:topic is denied by a service control policy
      expected: allowed
      do: ask whoever keeps that policy for an exception for this role"
    `);
    const [, bounded] = roleLines(seen([ruled({}, { ...refused, by: 'boundary' })])).split('\n');
    expect(bounded).toBe(
      'finding role of deliver-notice: sns:Publish on arn:topic is denied by its permissions boundary',
    );
  });

  test.each(['aws:SourceVpce', 'x-aws:TagKeys', 'aws:TagKeysMore', 'aws:ResourceTag', 'my-kms:Via'])(
    'that a simulation denies for want of %s, which it does not know, are unknown',
    (missing) => {
      expect(roleLines(seen([ruled({}, { ...refused, missing: [missing, 'aws:TagKeys'] })]))).toBe(
        [
          '',
          `unknown role of deliver-notice: sns:Publish on arn:topic depends on ${missing}, which a simulation does not know`,
          'needs: nothing',
        ].join('\n'),
      );
    },
  );

  test('that depend on several such keys name them all', () => {
    const missing = ['aws:SourceVpce', 'aws:SourceIp'];
    expect(roleLines(seen([ruled({}, { ...refused, missing })]))).toContain(
      'depends on aws:SourceVpce, aws:SourceIp, which',
    );
  });

  test.each(['aws:TagKeys', 'AWS:RequestedRegion', 'aws:ResourceTag/ebs-burst:mode', 'kms:ViaService'])(
    'that are denied where only %s is missing, which our questions bring, are findings',
    (missing) => {
      expect(roleLines(seen([ruled({}, { ...refused, missing: [missing] })]))).toBe(
        roleLines(seen([ruled({}, refused)])),
      );
    },
  );

  test('that somebody else’s policy denies for want of an unknown key are findings all the same', () => {
    const denial = { ...refused, by: 'organization', missing: ['aws:SourceVpce'] } as const;
    expect(checkPermissions(someDeployment({ rulings: seen([ruled({}, denial)]) }))).toMatchObject([
      { kind: 'finding' },
    ]);
  });

  test('that are gone, or cannot be asked about, are told once each, not per question', () => {
    const { question } = ruled({}, {});
    const gone = { question, ruling: absent };
    expect(roleLines(seen([gone, gone]))).toMatchInlineSnapshot(`
      "
      finding role of deliver-notice: it is not there
      expected: the role of the stack
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1"
    `);
    const unseen = { question, ruling: denied('iam:SimulatePrincipalPolicy') };
    expect(roleLines(seen([unseen, unseen]))).toMatchInlineSnapshot(`
      "
      unknown role of deliver-notice: not authorized to perform iam:SimulatePrincipalPolicy
      needs: iam:SimulatePrincipalPolicy"
    `);
  });

  test('of which none is known, or all of which nobody may ask, are unknown', () => {
    expect(roleLines(absent)).toMatchInlineSnapshot(`
      "
      unknown roles: no function of the stack has one; see functions
      needs: nothing"
    `);
    expect(roleLines(denied('iam:SimulatePrincipalPolicy'))).toMatchInlineSnapshot(`
      "
      unknown roles: not authorized to perform iam:SimulatePrincipalPolicy
      needs: iam:SimulatePrincipalPolicy"
    `);
    expect(roleLines(seen([]), { policy: unread('no output') })).toMatchInlineSnapshot(`
      "
      unknown roles: the policy is not known; see configuration
      needs: nothing"
    `);
  });

  test('whose name or partition is not known are findings without a line to type', () => {
    const { stack, functions } = someDeployment();
    const inChina = { stack: { ...stack, id: stack.id.replace('arn:aws:', 'arn:aws-cn:') } };
    const withoutLine = roleLines(seen([ruled({}, refused)]), inChina);
    expect(withoutLine).toBe(roleLines(seen([ruled({}, refused)])).replace(/\n\$ .*$/, ''));
    if (functions.kind !== 'seen') throw new Error('expected functions');
    const nameless = functions.value.map((one) => ({ ...one, configuration: configured() }));
    const unseen = functions.value.map((one) => ({ ...one, configuration: absent }));
    for (const other of [absent, seen([]), seen(nameless), seen(unseen)])
      expect(roleLines(seen([ruled({}, refused)]), { functions: other })).toBe(withoutLine);
  });
});
