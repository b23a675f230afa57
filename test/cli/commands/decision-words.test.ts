import { describe, expect, test } from 'vitest';
import { doneWords } from '../../../cli/commands/decision-words.ts';
import { stopWords } from '../../../cli/commands/stopped.ts';
import { decide } from '../../../core/domain/deciding/decide.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { upgrading } from '../../domain/some-case.ts';
import { rulesFor, someSituation } from '../../domain/some-situation.ts';
import { noon } from '../../domain/some-volume.ts';

const situation = someSituation();
const act = decide(situation, rulesFor(situation));

describe('a decision to move the volume', () => {
  test('is told as one', () => {
    expect(doneWords(act, noon, stopWords(read('run', noon)))).toMatch(/^It moves the volume: /);
  });

  test.each([
    [read('stop', noon), 'the kill switch says "stop"'],
    [read('Run', noon), 'the kill switch says "Run"'],
    [unread('AccessDenied'), 'the kill switch cannot be read (AccessDenied), which counts as stop'],
  ])('begins with what the kill switch makes of it: %o', (killSwitch, why) => {
    const words = doneWords(act, noon, stopWords(killSwitch));
    expect(words).toMatch(/^Nothing is done, as the kill switch /);
    expect(words).toContain(
      `Nothing is done, as ${why}; the team is told. Otherwise it would move the volume: `,
    );
    expect(words).not.toContain('It moves the volume');
  });

  test('is told as one where there is no switch to ask, as in a record', () => {
    expect(stopWords(undefined)).toBeUndefined();
  });
});

test('what is under way is not denied where the kill switch says stop', () => {
  const moving = someSituation({ openCase: upgrading() });
  const follow = decide(moving, rulesFor(moving));
  const words = doneWords(follow, noon, stopWords(read('stop', noon)));
  expect(words).toMatch(/^It waits for AWS: /);
  expect(words).toMatch(/ No modification is asked for, as the kill switch says "stop"\.$/);
  expect(doneWords(follow, noon, stopWords(read('run', noon)))).not.toContain('No modification');
});
