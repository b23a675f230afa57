import { type FailureGroup, inFile, inScenarios, later, outOfScope } from './failure-mode.ts';

const deletion = inScenarios('stack-deletion');
const uninstall = inScenarios('uninstall');
const unreadable = inFile('test/adapters/dynamo-case-book.test.ts');
const config = inFile('test/lib/stack-config.test.ts');
const versions = inScenarios('version-changes');

export const lifeCycle: FailureGroup = {
  title: 'Life cycle',
  modes: [
    {
      number: 101,
      failure: 'The responder is upgraded while cases are open',
      answer:
        'Cases are in the table, not in the functions; one that a version cannot read is reported and keeps its place',
      tests: [
        unreadable(
          'an item that cannot be read is reported by its key; the others are answered and its place stays taken',
        ),
        unreadable('an item that cannot be read is reported for %s', '{"state":"dancing"}'),
        versions(
          '50 open cases are told and moved as they would have been when another version takes over and is rolled back',
        ),
        versions(
          '50 open cases are left as they are when what took over left a state that this one does not know, and nothing is asked for them',
        ),
        inFile('test/lib/protection.test.ts')(
          'what is stored and sent the table is encrypted, can be restored to any second, expires what ended and outlives the stack',
        ),
      ],
      gap: outOfScope(
        'decisions of two versions are not compared; as there has been only one, fields and a state that it does not know stand for the other',
      ),
    },
    {
      number: 102,
      failure: 'An account leaves the organisation',
      answer: 'Its responder goes with it',
      gap: later('organisation roll-out', 'there is no account that looks into others'),
    },
    {
      number: 103,
      failure: 'The stack is deleted while volumes are upgraded',
      answer:
        'A plan says what can go back and what cannot yet, to restore or to keep; our alarms go, nobody else’s; a farewell lists what is still upgraded before the deletion is over',
      tests: [
        uninstall(
          'following the plan to uninstall to restore: what we moved is what it was, nothing of ours is left, and nothing foreign was touched',
        ),
        uninstall('following the plan to uninstall to keep: no volume is changed'),
        uninstall(
          'following the plan to uninstall stopped in the middle and planned again: less is left to do, until nothing is',
        ),
        deletion(
          'the stack is deleted with a volume upgraded our alarms go, others stay, and the farewell is sent before the deletion is over',
        ),
        inFile('test/application/clean-up.test.ts')('moving out says which volumes are still upgraded'),
      ],
      gap: outOfScope('volumes are put back by a person who types the commands of the plan, not by us'),
    },
    {
      number: 104,
      failure: 'A new Region or account appears',
      answer: 'A new deployment only tells until it is asked to act',
      tests: [config('a configuration of nothing is complete and only tells')],
      gap: later('organisation roll-out', 'new accounts are not found by themselves'),
    },
  ],
};
