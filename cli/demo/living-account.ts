import type { LivingDemo } from '../commands/watch.ts';
import { type DeployedDemo, deployedDemo, startAt } from './deployed-account.ts';

const minute = 60_000;
/** What passes there between two pictures. */
const step = 20_000;
/** Everybody is well again before this. */
const endsAt = startAt + 66 * minute;

/** A simulated account minutes before an incident: the responder moves the disk it may move, a person the other two. */
export async function livingDemo(): Promise<LivingDemo & DeployedDemo> {
  const demo = await deployedDemo(startAt + 8 * minute);
  const { account, volumeIds } = demo;
  const { simulation, ebs } = account;
  const [withoutTag = '', , deploying = ''] = volumeIds;
  const moveByHand = (id: string) =>
    ebs.volumes.modifyByPerson(id, { volumeType: 'gp3', iops: 3_000, throughput: 128 });
  simulation.at(startAt + 46 * minute, () => {
    moveByHand(withoutTag);
  });
  simulation.at(startAt + 52 * minute, () => {
    ebs.stacks.setStackStatus('search', 'UPDATE_COMPLETE');
    moveByHand(deploying);
  });
  return {
    ...demo,
    live: async () => {
      // Whoever reads this moment is answered first.
      await new Promise((resolve) => setImmediate(resolve));
      await simulation.runFor(step);
      return simulation.now < endsAt ? 'goes on' : 'over';
    },
  };
}
