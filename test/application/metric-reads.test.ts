import { expect, test } from 'vitest';
import { respond } from '../../core/application/respond.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { seconds } from '../../core/domain/units.ts';
import { somePlace } from '../domain/some-case.ts';
import { consent, fallingTo } from '../domain/some-situation.ts';
import { somePolicy, someVolume } from '../domain/some-volume.ts';
import { fakeAccount, lookAt } from '../fakes/fake-account.ts';
import { metricsPerStudy } from '../fakes/fake-metrics.ts';

const settings = {
  policy: somePolicy(),
  prices: usEast1Prices,
  place: somePlace,
  beginsActsFor: seconds(35),
};
const volume = someVolume({ tags: consent });
const draining = () => {
  const account = fakeAccount(volume);
  account.metrics.setBalance(volume.id, fallingTo(30, 3));
  return account;
};

test('metric reads that cannot be counted are said, and undo nothing that was done', async () => {
  const account = draining();
  account.almanac.failNext('countMetricReads');
  expect(await respond([lookAt(volume.id)], settings, account.ports)).toMatchObject({
    outcomes: [{ kind: 'stepped', said: 'acted' }],
    errors: [`${2 + metricsPerStudy} metric reads not counted: Error: countMetricReads failed`],
  });
});

test('metric reads that were counted are no error', async () => {
  expect(await respond([lookAt(volume.id)], settings, draining().ports)).toMatchObject({ errors: [] });
});
