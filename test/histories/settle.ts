import { minute } from '../scenarios/responder-account.ts';
import { breachesNow } from './breaches.ts';
import { caseTable } from './case-table.ts';
import { misjudgedIn } from './misjudged.ts';
import { putOffTooFar, unended, unmoved, unreturned } from './unended.ts';
import { untoldIn } from './untold.ts';
import { vanishedIn } from './vanished.ts';
import type { World } from './world.ts';

/**
 * Minutes. In the least the sweep and the outbox pass several times; the most is what a bridge may take to notice that its
 * volume is gone: it asks again after an hour, on a clock that may be 15 minutes ahead, and believes an absence of five.
 */
const LEAST = 4;
const MOST = 90;
const PACE = 2;
/** Minutes after `optimizing`, in a long calm: most verdicts are reached within an hour of the wall, which is near. */
const VERDICTS = 180;

/**
 * Mends everything that was broken and lets calm time pass until all that is due has been done, at least 4 minutes and at
 * most an hour and a half, after a long calm in which every move must end where one was drawn; then names what still has not come to its end.
 */
export async function settle(world: World): Promise<readonly string[]> {
  mend(world);
  const { simulation } = world.responder.account;
  const calmSince = simulation.now;
  const { longCalm, optimizing } = world.setting;
  if (longCalm) await simulation.runFor((optimizing + VERDICTS) * minute);
  const began = simulation.now;
  const passed = (): number => (simulation.now - began) / minute;
  while (passed() < LEAST || (isPending(world) && passed() < MOST)) await simulation.runFor(PACE * minute);
  const rows = waiting(world);
  return [
    ...breachesNow(world),
    ...unended(world),
    ...putOffTooFar(world),
    ...(longCalm ? unmoved(world, calmSince) : []),
    ...unreturned(world),
    ...misjudgedIn(world),
    ...vanishedIn(world),
    ...untoldIn(world, rows),
    ...undelivered(world, rows),
  ];
}

/** Something is still on its way: a message of the work queue, a request without its answer, a row that is due. */
const isPending = (world: World): boolean => {
  const { account, deployed } = world.responder;
  const { simulation, queues } = account;
  return (
    queues.get(deployed.stack.physicalName('Work')).peek().length > 0 ||
    unended(world).length > 0 ||
    waiting(world).some(({ dueAt }) => dueAt <= simulation.now)
  );
};

const noticeTopic = ({ responder: { account, deployed } }: World) =>
  account.topics.get(deployed.stack.outputs['NoticeTopicArn']);

function mend(world: World): void {
  const {
    responder: { account, deployed },
    skews,
    volumeIds,
  } = world;
  world.alarmEventsLost = false;
  world.schedulesKept = true;
  account.endpoint.heal();
  account.functions.forgetCrashes();
  skews.clear();
  for (const name of deployed.lambdaNames.keys()) account.functions.settings(name).callLatency = 0;
  account.slack.settings.outage = 'none';
  noticeTopic(world).isDown = false;
  account.bus.setFaults('aws.cloudwatch', {});
  account.bus.setFaults('aws.ec2', {});
  for (const id of volumeIds) account.ebs.metrics.resume(id);
}

interface Row {
  readonly name: string;
  /** `<case id>#<version>`: the step that it tells of. */
  readonly noticeId: string;
  readonly channel: string;
  readonly dueAt: number;
}

const waiting = ({ responder }: World): readonly Row[] =>
  caseTable(responder)
    .snapshot()
    .filter((item) => item['kind']?.S === 'notice' && item['queue']?.S === 'notice')
    .map((item) => ({
      name: String(item['sk']?.S),
      noticeId: String(item['noticeId']?.S),
      channel: String(item['channel']?.S),
      dueAt: Number(item['dueAt']?.N),
    }));

/** A row waits 15 minutes at most for its digest; a failed one is put off by 30, on a clock that may be 15 ahead. */
const LATEST = 45 * minute;

/** I10: with every channel well again, whatever was due has been told, and the rest is going to be tried soon. */
function undelivered(world: World, rows: readonly Row[]): readonly string[] {
  const { now } = world.responder.account.simulation;
  return rows
    .map(({ name, dueAt }) => ({ name, late: now - dueAt }))
    .filter(({ late }) => late >= 0 || late < -LATEST)
    .map(({ name, late }) => `I10: ${name} was due ${Math.round(late / minute)} min ago`);
}
