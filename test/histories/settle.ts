import { openCases } from '../scenarios/account-history.ts';
import { minute } from '../scenarios/responder-account.ts';
import { breachesNow } from './breaches.ts';
import type { World } from './world.ts';

/**
 * Minutes. In the least the sweep and the outbox pass several times; the most is what a bridge may take to notice that its
 * volume is gone: it asks again after an hour, on a clock that may be 15 minutes ahead, and believes an absence of five.
 */
const LEAST = 4;
const MOST = 90;
const PACE = 2;

/**
 * Mends everything that was broken and lets calm time pass until all that is due has been done, at least 4 minutes and at
 * most an hour and a half; then names what still has not come to its end.
 */
export async function settle(world: World): Promise<readonly string[]> {
  mend(world);
  const { simulation } = world.responder.account;
  const began = simulation.now;
  const passed = (): number => (simulation.now - began) / minute;
  while (passed() < LEAST || (isPending(world) && passed() < MOST)) await simulation.runFor(PACE * minute);
  return [...breachesNow(world), ...unended(world), ...untold(world), ...undelivered(world)];
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

/** I9: a request is never left open, and nothing is kept open for a volume that is gone. */
function unended(world: World): readonly string[] {
  const { volumes } = world.responder.account.ebs.volumes;
  const ids = new Set(volumes.map(({ id }) => id));
  return openCases(world.responder).flatMap(({ state, volumeId, version }) => {
    const line = `I9: ${volumeId} is ${state} (version ${version})`;
    if (state === 'intended') return [line];
    return ids.has(volumeId) ? [] : [`${line}, but the volume is gone`];
  });
}

/** I9: what is announced has been told, or is going to be. */
function untold(world: World): readonly string[] {
  const told = noticeTopic(world).publications.map(({ message }) => message);
  const rows = waiting(world).map(({ incident }) => incident);
  return openCases(world.responder).flatMap(({ state, id, volumeId, incident = '' }) => {
    if (state !== 'announced' || rows.includes(incident)) return [];
    if (told.some((message) => message.includes(volumeId))) return [];
    return [`I9: ${id} of ${volumeId} is announced, and nobody was told`];
  });
}

interface Row {
  readonly name: string;
  readonly incident: string;
  readonly dueAt: number;
}

const waiting = ({ responder: { account, deployed } }: World): readonly Row[] =>
  account.tables
    .get(deployed.stack.outputs['CaseTableName'])
    .snapshot()
    .filter((item) => item['kind']?.S === 'notice' && item['queue']?.S === 'notice')
    .map((item) => ({
      name: String(item['sk']?.S),
      incident: String(item['incident']?.S),
      dueAt: Number(item['dueAt']?.N),
    }));

/** A row waits 15 minutes at most for its digest; a failed one is put off by 30, on a clock that may be 15 ahead. */
const LATEST = 45 * minute;

/** I10: with every channel well again, whatever was due has been told, and the rest is going to be tried soon. */
function undelivered(world: World): readonly string[] {
  const { now } = world.responder.account.simulation;
  return waiting(world)
    .map(({ name, dueAt }) => ({ name, late: now - dueAt }))
    .filter(({ late }) => late >= 0 || late < -LATEST)
    .map(({ name, late }) => `I10: ${name} was due ${Math.round(late / minute)} min ago`);
}
