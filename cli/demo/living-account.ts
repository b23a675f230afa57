import { clock } from '../../core/domain/notices/time-text.ts';
import { instant } from '../../core/domain/units.ts';
import type { LivingDemo } from '../commands/watch.ts';
import { type DeployedDemo, deployedDemo, startAt } from './deployed-account.ts';

const minute = 60_000;
/** What passes there between two pictures. */
const step = 20_000;
/** When a person moves the one without the tag, and when the one whose stack was updated. */
const untaggedMovedAt = startAt + 46 * minute;
const deployedMovedAt = startAt + 52 * minute;
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
  simulation.at(untaggedMovedAt, () => {
    moveByHand(withoutTag);
  });
  simulation.at(deployedMovedAt, () => {
    ebs.stacks.setStackStatus('search', 'UPDATE_COMPLETE');
    moveByHand(deploying);
  });
  return {
    ...demo,
    note: `A simulated person moves two disks by hand, at ${clock(instant(untaggedMovedAt))} and ${clock(instant(deployedMovedAt))}.`,
    live: async () => {
      // Whoever reads this moment is answered first.
      await new Promise((resolve) => setImmediate(resolve));
      await simulation.runFor(step);
      return simulation.now < endsAt ? 'goes on' : 'over';
    },
  };
}
