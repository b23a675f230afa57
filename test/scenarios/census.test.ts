import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../twin/service-error.ts';
import { closedCases, modifyCalls, openCases } from './account-history.ts';
import { calmVolume, drainingVolume } from './draining-volumes.ts';
import { lambdaNamed, runsOf } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const denied = new ServiceError('AccessDeniedException', 'not now', { httpStatusCode: 400 });

/** Subjects of every mail about no case that begins so. */
const mailed = ({ account, deployed }: ResponderAccount, what: RegExp) =>
  account.topics
    .get(deployed.stack.outputs['NoticeTopicArn'])
    .publications.filter(({ subject = '', message }) => what.test(`${subject}\n${message}`))
    .filter(({ subject = '' }) => !subject.includes('[EB-'));

const alarmsOf = ({ account }: ResponderAccount): readonly string[] =>
  account.ebs.alarms.all
    .map(({ definition }) => definition.name)
    .filter((name) => name.startsWith('ebs-burst/vol-'));

describe('news of the census', () => {
  /** Two calm volumes; one is opted out after 20 minutes, which the census at half past nine tells. */
  async function optingOut(disturb: (responder: ResponderAccount) => void): Promise<ResponderAccount> {
    const ids: string[] = [];
    const responder = await responderAccount(acting, (account) => {
      ids.push(calmVolume(account), calmVolume(account));
    });
    const { simulation, ebs } = responder.account;
    await simulation.runUntil(startsAt + 20 * minute);
    ebs.volumes.setTag(ids[0] ?? '', 'ebs-burst:mode', 'off');
    disturb(responder);
    await simulation.runUntil(startsAt + 2 * hour);
    return responder;
  }
  const coverage = /watched in/;
  const writing = (what: string) => ({
    operation: 'PutItem',
    input: (input: object) => JSON.stringify(input).includes(what),
  });

  test('is told once on each channel when all goes well', async () => {
    const responder = await optingOut(() => undefined);
    expect(mailed(responder, coverage)).toHaveLength(2);
  });

  test.each(['NOTICE#sns#coverage', '"census"'])(
    'is not lost, and not told twice, when %s cannot be written at first',
    async (what) => {
      const responder = await optingOut(({ account }) => account.endpoint.fail(writing(what), denied, 1));
      expect(mailed(responder, coverage)).toHaveLength(2);
      const inSlack = responder.account.slackWorkspace.messages(responder.slackChannelId);
      expect(inSlack.filter(({ text }) => coverage.test(text))).toHaveLength(2);
    },
  );

  test('of the day is told by a later census when the first one after eight could not read it', async () => {
    const responder = await responderAccount(acting, (account) => void calmVolume(account));
    const { simulation, endpoint } = responder.account;
    await simulation.runUntil(startsAt + 22.9 * hour);
    const told = mailed(responder, /heartbeat|alive|is watching/i).length;
    const ofOpenCases = (input: object) => JSON.stringify(input).includes('{"S":"case"}');
    const principal = lambdaNamed(responder, 'keep-alarms');
    endpoint.fail({ operation: 'Query', principal, input: ofOpenCases }, denied, 1);
    await simulation.runUntil(startsAt + 23.2 * hour);
    expect(mailed(responder, /heartbeat|alive|is watching/i)).toHaveLength(told);
    await simulation.runUntil(startsAt + 30 * hour);
    expect(mailed(responder, /heartbeat|alive|is watching/i)).toHaveLength(told + 1);
  });
});

describe('the turn to write alarms', () => {
  test('comes to the census although an instance’s run that held it died a moment before', async () => {
    const responder = await responderAccount(acting, (account) => void calmVolume(account));
    const { simulation, ebs, functions } = responder.account;
    await simulation.runUntil(startsAt + 20 * minute);
    const lonely = drainingVolume(responder.account);
    simulation.at(startsAt + 30 * minute - 4_000, () => {
      functions.crash(lambdaNamed(responder, 'keep-alarms'), { after: 'PutMetricAlarm' });
      const { id } = ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
      ebs.volumes.attach(id, ebs.volumes.createInstance().id);
    });
    await simulation.runUntil(startsAt + 31 * minute);
    const outcomes = runsOf(responder, 'keep-alarms').map(({ outcome }) => outcome.kind);
    expect(outcomes.filter((kind) => kind === 'crashed')).toHaveLength(1);
    expect(alarmsOf(responder)).toContain(`ebs-burst/${lonely}`);
  });
});

describe('EC2 lists no volume', () => {
  /** Five calm volumes; EC2's list of all of them is empty for this long from 09:20 on. */
  async function empty(length: number): Promise<ResponderAccount> {
    const responder = await responderAccount(acting, (account) => {
      for (let count = 0; count < 5; count += 1) calmVolume(account);
    });
    const { simulation, ebs } = responder.account;
    await simulation.runUntil(startsAt + 20 * minute);
    const views = ebs.volumes.views.bind(ebs.volumes);
    ebs.volumes.views = () => (simulation.now < startsAt + 20 * minute + length ? [] : views());
    await simulation.runUntil(startsAt + 20 * minute + length + 20 * minute);
    return responder;
  }
  const deletions = ({ account }: ResponderAccount) =>
    account.endpoint.calls.filter(({ operation }) => operation === 'DeleteAlarms');

  test.each([15, 50])('for %i minutes: no alarm is deleted, and no run fails', async (minutes) => {
    const responder = await empty(minutes * minute);
    expect(deletions(responder)).toEqual([]);
    expect(alarmsOf(responder)).toHaveLength(5);
    expect(runsOf(responder, 'keep-alarms').filter(({ outcome }) => outcome.kind !== 'succeeded')).toEqual(
      [],
    );
    expect(mailed(responder, /watched in/)).toHaveLength(1);
  });

  test('for more than an hour: it is believed', async () => {
    expect(deletions(await empty(100 * minute))).toHaveLength(1);
  });
});

describe('CloudWatch answers no DescribeAlarms', () => {
  test('open cases are followed to their end by the sweep, which says that it failed', async () => {
    const responder = await responderAccount(acting, (account) => void drainingVolume(account), {
      volumes: { optimizingTime: () => 5 * minute },
    });
    const { simulation, endpoint } = responder.account;
    while (modifyCalls(responder).length === 0) await simulation.runFor(5_000);
    const acted = simulation.now;
    endpoint.fail({ operation: 'DescribeAlarms' }, denied, 1e6);
    await simulation.runUntil(startsAt + 4 * hour);
    expect(openCases(responder)).toEqual([]);
    expect(closedCases(responder).map(({ ending }) => ending)).toEqual(['averted']);
    const after = runsOf(responder, 'sweep').filter(({ at }) => at > acted + minute);
    expect(after.every(({ outcome }) => outcome.kind === 'failed')).toBe(true);
  });
});
