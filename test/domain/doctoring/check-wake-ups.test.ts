import { describe, expect, test } from 'vitest';
import {
  checkDeadLetters,
  checkEventSources,
  checkRules,
} from '../../../core/domain/doctoring/check-wake-ups.ts';
import { seen } from '../../../core/domain/doctoring/fact.ts';
import { absent, denied, linesOf, sight, someDeployment } from './some-deployment.ts';

describe('rules', () => {
  const rule = (state: string) =>
    linesOf(checkRules(someDeployment({ rules: seen([sight('Census01234567', seen(state))]) })));

  test('that are enabled, in either of the words for it, are well', () => {
    expect(linesOf(checkRules(someDeployment()))).toBe('\nok: 2 rules, schedules among them, enabled');
    expect(rule('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')).toBe(
      '\nok: 1 rules, schedules among them, enabled',
    );
  });

  test('that are disabled are findings', () => {
    expect(rule('DISABLED')).toMatchInlineSnapshot(`
      "
      finding rule Census: DISABLED
      expected: ENABLED
      do: enable it
      $ aws events enable-rule --name physical-Census01234567 --region us-east-1"
    `);
  });

  test('of which one is gone or cannot be seen, that one is told', () => {
    const rules = seen([
      sight<string>('Census01234567', absent),
      sight<string>('Changes01234567', denied('events:DescribeRule')),
      sight('Sweep01234567', seen('ENABLED')),
    ]);
    expect(linesOf(checkRules(someDeployment({ rules })))).toMatchInlineSnapshot(`
      "
      finding rule Census: it is not there
      expected: the rule that the stack made
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1

      unknown rule Changes: not authorized to perform events:DescribeRule
      needs: events:DescribeRule"
    `);
  });

  test('of which the stack has none are a finding, and those not seen are unknown', () => {
    expect(linesOf(checkRules(someDeployment({ rules: seen([]) })))).toMatchInlineSnapshot(`
      "
      finding rules: the stack has none
      expected: those of the responder
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1"
    `);
    expect(linesOf(checkRules(someDeployment({ rules: absent })))).toMatchInlineSnapshot(`
      "
      unknown rules: AWS says that there is no such thing
      needs: nothing"
    `);
    const unseen = someDeployment({ rules: denied('cloudformation:ListStackResources') });
    expect(linesOf(checkRules(unseen))).toMatchInlineSnapshot(`
      "
      unknown rules: not authorized to perform cloudformation:ListStackResources
      needs: cloudformation:ListStackResources"
    `);
  });
});

describe('event sources', () => {
  const mapping = (state: string) =>
    linesOf(
      checkEventSources(
        someDeployment({ mappings: seen([sight('Work01234567', seen({ state, source: 'arn:queue' }))]) }),
      ),
    );

  test.each(['Enabled', 'Enabling', 'Creating', 'Updating'])('that are %s are well', (state) => {
    expect(mapping(state)).toBe('\nok: 1 event source mappings, enabled');
  });

  test('that are disabled are findings', () => {
    expect(mapping('Disabled')).toMatchInlineSnapshot(`
      "
      finding event source Work: Disabled
      expected: Enabled
      do: enable it; what waits meanwhile is taken up then
      $ aws lambda update-event-source-mapping --uuid physical-Work01234567 --enabled --region us-east-1"
    `);
  });

  test('of which the stack has none are a finding', () => {
    const [, line] = linesOf(checkEventSources(someDeployment({ mappings: seen([]) }))).split('\n');
    expect(line).toBe('finding event sources: the stack has none');
  });
});

describe('dead-letter queues', () => {
  const waiting = (count: number) =>
    linesOf(
      checkDeadLetters(someDeployment({ deadLetters: seen([sight('Unanswered01234567', seen(count))]) })),
    );

  test('that are empty are well', () => {
    expect(waiting(0)).toBe('\nok: 1 dead-letter queues, empty');
  });

  test('in which something waits are findings', () => {
    expect(waiting(1)).toMatchInlineSnapshot(`
      "
      finding dead-letter queue Unanswered: 1 message
      expected: none
      do: read them and the log of the function; when it is mended redrive or purge (docs/runbook.md, "Alarms on the responder itself")
      $ aws sqs receive-message --queue-url physical-Unanswered01234567 --visibility-timeout 0 --region us-east-1"
    `);
    expect(waiting(2).split('\n')[1]).toBe('finding dead-letter queue Unanswered: 2 messages');
  });

  test('of which the stack has none are a finding', () => {
    const [, line] = linesOf(checkDeadLetters(someDeployment({ deadLetters: seen([]) }))).split('\n');
    expect(line).toBe('finding dead-letter queues: the stack has none');
  });
});
