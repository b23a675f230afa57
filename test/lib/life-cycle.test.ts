import { describe, expect, test } from 'vitest';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { idIn, ofType, theOne } from './template.ts';

const stack = synthesizedStack();
const { Resources } = stack.template;

/** Everything that must exist before the resource, and therefore is deleted after it. */
function beforeOf(id: string, seen = new Set<string>()): ReadonlySet<string> {
  const resource = Resources[id];
  if (resource === undefined) return seen;
  const references = [
    ...JSON.stringify(resource.Properties ?? {}).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g),
  ];
  for (const needed of [...(resource.DependsOn ?? []), ...references.map(([, name]) => name ?? '')]) {
    if (seen.has(needed) || Resources[needed] === undefined) continue;
    seen.add(needed);
    beforeOf(needed, seen);
  }
  return seen;
}

const cleanUp = theOne(stack, 'Custom::EbsBurstCleanUp', 'CleanUp').id;

/** What could still write an alarm, start a case or wake somebody who does. */
const workers = /^Responder(AlarmKeeper|Sweep|DemandProfiler|Respond|Poll|AlarmChanges|VolumeChanges)/;
const active = [
  'AWS::Events::Rule',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::IAM::Role',
].flatMap((type) => ofType(stack, type).map(({ id }) => id));

describe('when the stack is deleted', () => {
  test.each(active.filter((id) => workers.test(id)))('%s is gone before the clean-up runs', (id) => {
    expect(beforeOf(id)).toContain(cleanUp);
  });

  test.each(active.filter((id) => !workers.test(id) && !id.includes('TriggerCustomResourceProvider')))(
    '%s still stands when the clean-up runs',
    (id) => {
      expect(beforeOf(cleanUp)).toContain(id);
    },
  );

  test('the clean-up reads its table and its farewell is delivered', () => {
    const before = beforeOf(cleanUp);
    expect(before).toContain(theOne(stack, 'AWS::DynamoDB::Table', 'Cases').id);
    expect(before).toContain(theOne(stack, 'AWS::Lambda::EventSourceMapping', 'NewNotices').id);
    expect(before).toContain(theOne(stack, 'AWS::SNS::TopicPolicy', 'Topic').id);
  });
});

describe('when the stack is created', () => {
  test('the genesis item is written before anything could act on it', () => {
    const poll = theOne(stack, 'AWS::Lambda::EventSourceMapping', 'Poll').id;
    expect(beforeOf(poll)).toContain(cleanUp);
  });

  test('the clean-up answers within a stated time', () => {
    const { Properties } = theOne(stack, 'Custom::EbsBurstCleanUp', 'CleanUp');
    const handler = Resources[idIn(Properties['ServiceToken']) ?? ''];
    expect(Number(Properties['ServiceTimeout'])).toBeGreaterThan(Number(handler?.Properties?.['Timeout']));
  });
});
