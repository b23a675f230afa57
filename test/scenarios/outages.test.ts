import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../twin/service-error.ts';
import { modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { type LambdaName, lambdaNamed } from './lambdas.ts';
import {
  acting,
  attachedVolume,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const count = 12;
const props = { ...acting, blastRadius: { volumes: 5, percentOfWatched: 100 } } as const;

/** Volumes of growing size from 100 GiB on: the larger, the later its wall, none within the hour and a half. */
const fleet = (): Promise<ResponderAccount> =>
  responderAccount(
    props,
    (account) => {
      for (let index = 0; index < count; index += 1) {
        const tags = { Name: `db-${index}` };
        attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 + index, tags }, [
          { at: 0, iops: 50 },
          { at: 30, iops: 1_000 },
        ]);
      }
    },
    { volumes: { optimizingTime: () => 5 * minute } },
  );

/** Every call of these Lambdas fails until `heal`. */
function takeDown({ account, ...rest }: ResponderAccount, names: readonly LambdaName[]): void {
  const down = new Set(names.map((name) => lambdaNamed({ account, ...rest }, name)));
  const fault = new ServiceError('InternalError', 'down', { $fault: 'server', httpStatusCode: 503 });
  for (const principal of down) account.endpoint.fail({ principal }, fault, Number.POSITIVE_INFINITY);
}

/** Volumes that were moved or have a case. */
const volumesKnownTo = (responder: ResponderAccount): number => {
  const moved = modifyCalls(responder).map(({ input }) =>
    'VolumeId' in input ? String(input.VolumeId) : '',
  );
  return new Set([...openCases(responder).map(({ volumeId }) => String(volumeId)), ...moved]).size;
};

/** Most ModifyVolume calls within any hour. */
const mostInAnHour = (responder: ResponderAccount): number => {
  const times = modifyCalls(responder).map(({ at }) => at);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + hour).length));
};

describe('EC2 is down for two hours while twelve volumes drain', () => {
  test('all are due at once afterwards: the caps of an hour hold, and every volume is told', async () => {
    const responder = await fleet();
    const { account } = responder;
    await account.simulation.runUntil(startsAt + 50 * minute);
    const ec2Down = new ServiceError('InternalError', 'down', { $fault: 'server', httpStatusCode: 503 });
    account.endpoint.fail({ service: 'EC2' }, ec2Down, Number.POSITIVE_INFINITY);
    await account.simulation.runFor(2 * hour);
    expect(modifyCalls(responder)).toEqual([]);
    account.endpoint.heal();
    await account.simulation.runFor(90 * minute);
    expect(modifyCalls(responder).length).toBeGreaterThanOrEqual(5);
    expect(mostInAnHour(responder)).toBeLessThanOrEqual(5);
    const storms = account.endpoint.calls.filter(({ error }) => error === 'RequestLimitExceeded');
    expect(storms).toEqual([]);
    expect(volumesKnownTo(responder)).toBe(count);
    expectInvariants(responder);
  }, 60_000);
});

describe('the responder itself is down for six hours', () => {
  test('and finds on its return what drains, moves no more an hour than it may, and loses no volume', async () => {
    const responder = await fleet();
    const { account } = responder;
    await account.simulation.runUntil(startsAt + 31 * minute);
    takeDown(responder, ['respond', 'sweep', 'keep-alarms', 'deliver-notice']);
    await account.simulation.runFor(6 * hour);
    expect(modifyCalls(responder)).toEqual([]);
    expect(saidInOrder(responder)).toEqual([]);
    account.endpoint.heal();
    await account.simulation.runFor(hour);
    expect(modifyCalls(responder).length).toBeGreaterThanOrEqual(5);
    expect(mostInAnHour(responder)).toBeLessThanOrEqual(5);
    expect(volumesKnownTo(responder)).toBe(count);
    expectInvariants(responder);
  }, 60_000);
});
