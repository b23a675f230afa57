import { keepAlarms } from '../../core/application/keep-alarms.ts';
import { alarmNameOf, burstBalanceAlarm } from '../../core/domain/credits/alarm-plan.ts';
import type { Policy } from '../../core/domain/policy.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { someVolume } from '../domain/some-volume.ts';
import { type FakeAccount, fakeAccount, keepingSettings } from '../fakes/fake-account.ts';

export const numbered = (number: number): VolumeId => `vol-${String(number).padStart(8, '0')}`;
export const volume = (number: number, rest: Parameters<typeof someVolume>[0] = {}) =>
  someVolume({ id: numbered(number), ...rest });

/** A first deployment: no census yet. */
export function newAccount(count: number): FakeAccount {
  const account = fakeAccount(...Array.from({ length: count }, (_, index) => volume(index)));
  account.almanac.censuses.splice(0);
  return account;
}
export const optedOut = (number: number) => volume(number, { tags: { 'ebs-burst:mode': 'off' } });
export const run = (account: FakeAccount, policy: Partial<Policy> = {}) =>
  keepAlarms(keepingSettings(policy), account.ports);
/** An alarm of this name that somebody else made. */
export const foreign = (volumeId: VolumeId) => ({
  name: alarmNameOf(volumeId),
  description: 'mine',
  threshold: 50,
  volumeId,
  definition: burstBalanceAlarm,
});
