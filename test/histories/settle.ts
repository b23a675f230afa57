import { openCases } from '../scenarios/account-history.ts';
import { minute } from '../scenarios/responder-account.ts';
import { breachesNow } from './breaches.ts';
import type { World } from './world.ts';

/** Minutes; only in the last of them do the schedules keep every run, for it is they that cost time. */
const CALM = 30;
const ORDERLY = 18;

/** Mends everything that was broken, lets calm time pass and names what still has not come to its end. */
export async function settle(world: World): Promise<readonly string[]> {
  mend(world);
  const { simulation } = world.responder.account;
  await simulation.runFor(CALM * minute);
  world.schedulesKept = true;
  await simulation.runFor(ORDERLY * minute);
  return [...breachesNow(world), ...unended(world), ...undelivered(world)];
}

function mend(world: World): void {
  const {
    responder: { account, deployed },
    skews,
    volumeIds,
  } = world;
  world.alarmEventsLost = false;
  account.endpoint.heal();
  account.functions.forgetCrashes();
  skews.clear();
  for (const name of deployed.lambdaNames.keys()) account.functions.settings(name).callLatency = 0;
  account.slack.settings.outage = 'none';
  account.topics.get(deployed.stack.outputs['NoticeTopicArn']).isDown = false;
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

/** A row waits 15 minutes at most for its digest; a failed one is put off by 30, on a clock that may be 15 ahead. */
const SOON = 20 * minute;
const LATEST = 45 * minute;

/** I10: with every channel well again, whatever waits to be told is still going to be tried. */
function undelivered({ responder: { account, deployed } }: World): readonly string[] {
  const { tables, simulation } = account;
  return tables
    .get(deployed.stack.outputs['CaseTableName'])
    .snapshot()
    .filter((item) => item['kind']?.S === 'notice' && item['queue']?.S === 'notice')
    .flatMap((item) => {
      const overdue = simulation.now - Number(item['dueAt']?.N);
      if (overdue <= SOON && overdue >= -LATEST) return [];
      return [`I10: ${item['sk']?.S} was due ${Math.round(overdue / minute)} min ago`];
    });
}
