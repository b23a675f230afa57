import { expect, test } from 'vitest';
import type { VolumeId } from '../../core/domain/volume.ts';
import { consent, fallingTo } from '../domain/some-situation.ts';
import { someVolume } from '../domain/some-volume.ts';
import { fakeAccount, lookAt } from '../fakes/fake-account.ts';

const idOf = (number: number): VolumeId => `vol-${String(number).padStart(8, '0')}`;
const first = idOf(1);
const second = idOf(2);
const third = idOf(3);

/** Three gp2 volumes of 100 GiB that run out in ten minutes, in a Region that may modify this many GiB of gp2 at once. */
function inRegionFor(gibibytes: number) {
  const account = fakeAccount(...[first, second, third].map((id) => someVolume({ id, tags: consent })));
  for (const id of account.volumes.ids) account.metrics.setBalance(id, fallingTo(30, 3));
  const storageGibibytes = { name: 'Storage modifications', used: 0, limit: gibibytes };
  const { quotas } = account.surroundings;
  account.surroundings.quotas = {
    ...quotas,
    modifications: { ...quotas.modifications, gp2: { storageGibibytes, iops: undefined } },
  };
  const run = () => account.respond(account.volumes.ids.map((id) => lookAt(id)));
  const asked = () => account.modifier.requests.map(({ volumeId }) => volumeId);
  return { ...account, run, asked };
}

test('acts of one run do not share the same room of the Region: the last is refused and told', async () => {
  const { run, asked, cases } = inRegionFor(299);
  const outcomes = await run();
  expect(asked()).toEqual([first, second]);
  expect(outcomes.at(-1)).toMatchObject({ volumeId: third, state: 'announced', said: 'needed' });
  expect(cases.of(third)).toMatchObject({ told: { codes: ['quota-exhausted'] } });
});

test('acts of one run that fit together are all made', async () => {
  const { run, asked } = inRegionFor(300);
  await run();
  expect(asked()).toEqual([first, second, third]);
});

test('an act whose answer was lost keeps its room: AWS may have begun it', async () => {
  const { run, asked, modifier } = inRegionFor(200);
  modifier.answerNext('lost-before');
  await run();
  expect(asked()).toEqual([first, second]);
});

test('an act that AWS refused leaves its room to the next', async () => {
  const { run, asked, modifier } = inRegionFor(100);
  const refusal = { code: 'aws-parameters-rejected' } as const;
  modifier.answerNext({ kind: 'refused', refusal, message: 'no', requestId: undefined });
  await run();
  expect(asked()).toEqual([first, second]);
});

test('quotas are read once for all acts of a run', async () => {
  const { run, surroundings } = inRegionFor(300);
  await run();
  expect(surroundings.count('quotaUse')).toBe(1);
});
