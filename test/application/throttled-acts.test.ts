import { describe, expect, test } from 'vitest';
import type { AwsRefusal } from '../../core/domain/reasons.ts';
import { minutes } from '../../core/domain/units.ts';
import { lookAt, saidIn } from '../fakes/fake-account.ts';
import { draining100GiB, numbered } from './draining-account.ts';

const refusedWith = (refusal: AwsRefusal) =>
  ({ kind: 'refused', refusal, message: 'no', requestId: undefined }) as const;

/** Three draining volumes, of which AWS refuses to modify the first. */
async function firstRefused(refusal: AwsRefusal) {
  const account = draining100GiB(3);
  const run = () => account.respond(account.volumes.ids.map((each) => lookAt(each)));
  const asked = () => account.modifier.requests.map(({ volumeId }) => volumeId);
  account.modifier.answerNext(refusedWith(refusal));
  return { ...account, outcomes: await run(), run, asked };
}

describe('when AWS throttled an act', () => {
  test('no other is begun in that run, and no volume tagged for one', async () => {
    const { asked, modifier } = await firstRefused({ code: 'aws-throttled' });
    expect(asked()).toEqual([numbered(0)]);
    expect(modifier.count('markState')).toBe(1);
    expect(modifier.count('clearState')).toBe(1);
  });

  test('the others are told why and are due again a minute later, as the refused one is', async () => {
    const { outcomes, volumes, cases, clock } = await firstRefused({ code: 'aws-throttled' });
    expect(outcomes).toMatchObject([
      { kind: 'stepped', state: 'announced', decision: 'act', refusal: 'aws-throttled' },
      { kind: 'stepped', state: 'announced', decision: 'page', said: 'needed' },
      { kind: 'stepped', state: 'announced', decision: 'page', said: 'needed' },
    ]);
    for (const each of volumes.ids)
      expect(cases.of(each)).toMatchObject({
        told: { codes: ['aws-throttled'] },
        dueAt: clock.now() + minutes(1),
      });
  });

  test('the next run asks again, and tells nobody twice of what AWS still throttles', async () => {
    const account = await firstRefused({ code: 'aws-throttled' });
    account.clock.wait(minutes(1));
    account.modifier.answerNext(refusedWith({ code: 'aws-throttled' }));
    await account.run();
    expect(account.asked()).toHaveLength(2);
    expect(saidIn(account)).toEqual(['needed', 'needed', 'needed']);
    account.clock.wait(minutes(1));
    await account.run();
    expect(account.asked()).toHaveLength(5);
    expect(saidIn(account).slice(3)).toEqual(['acted', 'acted', 'acted']);
  });
});

test.each<AwsRefusal>([{ code: 'aws-wrong-volume-state' }, { code: 'aws-no-capacity' }])(
  'when AWS refused an act with $code, the others of the run are begun',
  async (refusal) => {
    const { asked, outcomes } = await firstRefused(refusal);
    expect(asked()).toEqual([numbered(0), numbered(1), numbered(2)]);
    expect(outcomes).toMatchObject([
      { state: 'announced', refusal: refusal.code },
      { state: 'upgrading' },
      { state: 'upgrading' },
    ]);
    expect(outcomes[1]).not.toHaveProperty('refusal');
  },
);
