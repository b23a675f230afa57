import { describe, expect, test } from 'vitest';
import { minutes } from '../../core/domain/units.ts';
import { consent, fallingTo } from '../domain/some-situation.ts';
import { someVolume } from '../domain/some-volume.ts';
import { fakeAccount, lookAt } from '../fakes/fake-account.ts';

const { id } = someVolume();

/** A volume that runs out in ten minutes and may be moved. */
function draining100GiB() {
  const account = fakeAccount(someVolume({ tags: consent }));
  account.metrics.setBalance(id, fallingTo(30, 3));
  return account;
}

describe('a volume we asked AWS to move', () => {
  test('that one answer lacks keeps its case: what AWS is doing for it is not forgotten', async () => {
    const account = draining100GiB();
    await account.respond([lookAt(id)]);
    const volume = account.volumes.of(id);
    account.volumes.remove(id);
    expect(await account.respond([lookAt(id)])).toMatchObject([
      { state: 'upgrading', decision: 'await', reason: 'volume-gone', said: undefined },
    ]);
    account.volumes.put(volume);
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'upgrading' }]);
    expect(account.cases.of(id)).toMatchObject({ absentSince: undefined });
  });

  test('that stays absent for five minutes ends its case', async () => {
    const account = draining100GiB();
    await account.respond([lookAt(id)]);
    account.volumes.remove(id);
    await account.respond([lookAt(id)]);
    account.clock.wait(minutes(5));
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'closed', said: 'ended' }]);
    expect(await account.cases.ledger()).toMatchObject({ committed: 0 });
  });
});
