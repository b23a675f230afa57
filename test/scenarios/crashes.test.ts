import { beforeAll, describe, expect, test } from 'vitest';
import type { CrashPoint } from '../../twin/lambda/crash-plan.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { closedCases, mails, modifyCalls, openCases, saidInOrder, slackTexts } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, runsOf } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const end = startsAt + 3 * hour;

const rescue = (): Promise<ResponderAccount> =>
  responderAccount(acting, (account) => void drainingVolume(account), {
    volumes: { optimizingTime: () => 5 * minute },
  });

const told = ['acted', 'completed', 'ended averted'];

/** When the run starts that acts where nothing goes wrong, how many calls it makes, and what is told. */
let undisturbed: {
  readonly at: number;
  readonly calls: number;
  readonly subjects: readonly (string | undefined)[];
};

beforeAll(async () => {
  const responder = await rescue();
  await responder.account.simulation.runUntil(end);
  const at = modifyCalls(responder)[0]?.at ?? 0;
  const run = runsOf(responder, 'respond').find((each) => each.at <= at && at <= each.endedAt);
  const subjects = mails(responder).map(({ subject }) => subject);
  undisturbed = { at: run?.at ?? 0, calls: run?.calls ?? 0, subjects };
});

async function crashing(point: CrashPoint): Promise<ResponderAccount> {
  const responder = await rescue();
  const { simulation, functions } = responder.account;
  await simulation.runUntil(undisturbed.at - 1);
  functions.crash(lambdaNamed(responder, 'respond'), point);
  await simulation.runUntil(end);
  return responder;
}

const crashes = (responder: ResponderAccount, lambda: 'respond' | 'deliver-notice'): number =>
  runsOf(responder, lambda).filter(({ outcome }) => outcome.kind === 'crashed').length;

/** One crash, one modification, one story told to its end, nothing left open. */
function expectOneRescue(responder: ResponderAccount, point: CrashPoint): void {
  const story = {
    crashes: crashes(responder, 'respond'),
    modifications: modifyCalls(responder).length,
    said: saidInOrder(responder),
    open: openCases(responder).length,
    endings: closedCases(responder).map(({ ending }) => ending),
    tags: responder.account.ebs.volumes.volumes.flatMap(({ tags }) => [...tags.keys()]),
  };
  expect(story, JSON.stringify(point)).toEqual({
    crashes: 1,
    modifications: 1,
    said: told,
    open: 0,
    endings: ['averted'],
    tags: ['Name', 'ebs-burst:mode'],
  });
  expectInvariants(responder);
}

describe('respond dies in the run that acts', () => {
  test('that run has calls to die at', () => {
    expect(undisturbed.calls).toBeGreaterThan(15);
  });

  test('before any of its calls: the volume is moved once and the story is told once', async () => {
    for (let call = 1; call <= undisturbed.calls; call += 1) {
      expectOneRescue(await crashing({ before: call }), { before: call });
    }
  });

  test('after any of its calls: the volume is moved once and the story is told once', async () => {
    for (let call = 1; call <= undisturbed.calls; call += 1) {
      expectOneRescue(await crashing({ after: call }), { after: call });
    }
  });

  test('twice, around the request: the second intent is not the first one blindly repeated', async () => {
    const responder = await rescue();
    const { simulation, functions } = responder.account;
    functions.crash(lambdaNamed(responder, 'respond'), { before: 'ModifyVolume' });
    functions.crash(lambdaNamed(responder, 'respond'), { after: 'ModifyVolume' });
    await simulation.runUntil(end);
    expect(crashes(responder, 'respond')).toBe(2);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(saidInOrder(responder)).toEqual(told);
    expectInvariants(responder);
  });
});

describe('the reply of ModifyVolume is lost', () => {
  test('after AWS accepted: the modification is found by describing and adopted, not asked for again', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    endpoint.afterAcceptance({ operation: 'ModifyVolume' }, new Error('socket hang up'));
    await simulation.runUntil(end);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(saidInOrder(responder)).toEqual(told);
    expect(closedCases(responder).map(({ ending }) => ending)).toEqual(['averted']);
    expectInvariants(responder);
  });

  test('before AWS saw the request: it is asked for again only when describing shows nothing', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    endpoint.fail({ operation: 'ModifyVolume' }, new Error('socket hang up'));
    await simulation.runUntil(end);
    const [first, second, ...more] = modifyCalls(responder);
    expect(more).toEqual([]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(5 * minute);
    expect(saidInOrder(responder)).toEqual(told);
    expectInvariants(responder);
  });
});

describe('AWS throttles ModifyVolume', () => {
  test('the volume is moved a minute later: a refused claim leaves the blast radius of one an hour', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    const throttled = new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', {
      httpStatusCode: 503,
    });
    endpoint.fail({ operation: 'ModifyVolume' }, throttled);
    await simulation.runUntil(end);
    const [first, second, ...more] = modifyCalls(responder);
    expect(more).toEqual([]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(3 * minute);
    expect(closedCases(responder).map(({ ending }) => ending)).toEqual(['averted']);
    expectInvariants(responder);
  });
});

describe('deliver-notice dies', () => {
  test('between sending and recording: the message is repeated rather than lost', async () => {
    const responder = await rescue();
    const { simulation, functions } = responder.account;
    await simulation.runUntil(undisturbed.at);
    functions.crash(lambdaNamed(responder, 'deliver-notice'), { after: 'Publish' });
    await simulation.runUntil(end);
    const subjects = mails(responder).map(({ subject }) => subject);
    expect(crashes(responder, 'deliver-notice')).toBe(1);
    expect(subjects).toEqual([undisturbed.subjects[0], ...undisturbed.subjects]);
    expect(slackTexts(responder).length).toBeGreaterThanOrEqual(1);
  });

  test('before sending: nothing is repeated', async () => {
    const responder = await rescue();
    const { simulation, functions } = responder.account;
    await simulation.runUntil(undisturbed.at);
    functions.crash(lambdaNamed(responder, 'deliver-notice'), { before: 'Publish' });
    await simulation.runUntil(end);
    expect(crashes(responder, 'deliver-notice')).toBe(1);
    expect(mails(responder).map(({ subject }) => subject)).toEqual(undisturbed.subjects);
  });
});
