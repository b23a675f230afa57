import { awsCalls } from './aws-calls.ts';
import { eligibility } from './eligibility.ts';
import { eventsAndAlarms } from './events-and-alarms.ts';
import type { FailureGroup } from './failure-mode.ts';
import { lifeCycle } from './life-cycle.ts';
import { manyAtOnce } from './many-at-once.ts';
import { moneyAndGoingBack } from './money-and-going-back.ts';
import { otherOwners } from './other-owners.ts';
import { responderItself } from './responder-itself.ts';
import { tellingPeople } from './telling-people.ts';

/** Every failure mode that the responder was designed against, numbered through. */
export const failureGroups: readonly FailureGroup[] = [
  eventsAndAlarms,
  eligibility,
  awsCalls,
  manyAtOnce,
  moneyAndGoingBack,
  otherOwners,
  responderItself,
  tellingPeople,
  lifeCycle,
];
