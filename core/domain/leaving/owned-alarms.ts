import { type ActualAlarm, alarmNameOf, diffAlarms } from '../credits/alarm-plan.ts';
import { isVolumeId } from '../volume.ts';

/** Alarms under our prefix, by whose they are (docs/decisions/0009-our-alarms-are-known-by-name.md). Names. */
export interface OwnedAlarms {
  /** Of the stack that is there; its own deletion takes them along. */
  readonly ofStack: readonly string[];
  /** Of an earlier stack of the same name in this account and Region, which left them behind. */
  readonly orphaned: readonly string[];
  /** Of another deployment, or of somebody who used our prefix; never touched. */
  readonly foreign: readonly string[];
}

/** @param stackId of the stack that is there */
export function ownedAlarms(
  alarms: readonly ActualAlarm[],
  stackId: string | undefined,
  sameName: { readonly account: string; readonly region: string; readonly stack: string },
): OwnedAlarms {
  const ofStack = stackId === undefined ? [] : diffAlarms([], alarms, stackId).delete;
  const others = alarms.filter(({ name }) => !ofStack.includes(name));
  const earlier = new Set(others.flatMap(({ description = '' }) => earlierId(description, sameName)));
  const orphaned = [...earlier].flatMap((id) => diffAlarms([], others, id).delete).filter(isOurName);
  const ours = new Set([...ofStack, ...orphaned]);
  return {
    ofStack,
    orphaned: orphaned.toSorted(),
    foreign: alarms.map(({ name }) => name).filter((name) => !ours.has(name)),
  };
}

/** A person types these names after a plan of ours: one that a shell would take for more than a name is nobody's of ours. */
const isOurName = (name: string): boolean => {
  const volumeId = name.slice(name.indexOf('/') + 1);
  return isVolumeId(volumeId) && name === alarmNameOf(volumeId);
};

/** The stack's ARN in the mark of an alarm, if it was of that name; two stacks of one name cannot be there at once. */
function earlierId(
  description: string,
  { account, region, stack }: { readonly account: string; readonly region: string; readonly stack: string },
): readonly string[] {
  const id = /\[ebs-burst deployment (arn:[^\s\]]+)\]/.exec(description)?.[1];
  const [, , service, inRegion, inAccount, resource] = id?.split(':') ?? [];
  const isSameName =
    service === 'cloudformation' &&
    inRegion === region &&
    inAccount === account &&
    resource?.startsWith(`stack/${stack}/`) === true;
  return isSameName && id !== undefined ? [id] : [];
}
