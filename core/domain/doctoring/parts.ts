/** A resource of the stack. */
export interface Part {
  readonly logicalId: string;
  /** e.g. `AWS::SQS::Queue` */
  readonly type: string;
  readonly physicalId: string;
}

/** Our functions, and how the construct's logical ids of them and of their dead-letter queues end. */
const endings = {
  respond: { function: 'RespondFunction', failures: 'Unanswered' },
  'keep-alarms': { function: 'KeepAlarmsFunction', failures: 'AlarmKeeperFailures' },
  sweep: { function: 'SweepFunction', failures: 'SweepFailures' },
  'profile-demand': { function: 'ProfileDemandFunction', failures: 'DemandProfilerFailures' },
  'deliver-notice': { function: 'DeliverNoticeFunction', failures: 'NoticesFailures' },
  'clean-up': { function: 'CleanUpFunction', failures: 'CleanUpFailures' },
} as const;

export type FunctionName = keyof typeof endings;
export const functionNames = Object.keys(endings).filter((name): name is FunctionName => name in endings);

/** Without the eight digits that CDK puts after a construct's path. */
export const partName = ({ logicalId }: Pick<Part, 'logicalId'>): string =>
  logicalId.replace(/[0-9A-F]{8}$/, '');

const endsWith =
  (type: string, ending: string) =>
  (part: Part): boolean =>
    part.type === type && partName(part).endsWith(ending);

export const functionPart = (parts: readonly Part[], name: FunctionName): Part | undefined =>
  parts.find(endsWith('AWS::Lambda::Function', endings[name].function));

export const failuresOf = (parts: readonly Part[], name: FunctionName): Part | undefined =>
  parts.find(endsWith('AWS::SQS::Queue', endings[name].failures));

export const isWorkQueue = endsWith('AWS::SQS::Queue', 'Work');

export const ofType = (parts: readonly Part[], type: string): readonly Part[] =>
  parts.filter((part) => part.type === type);

/** Every queue but the work queue is the end of some hop. */
export const deadLetterQueues = (parts: readonly Part[]): readonly Part[] =>
  ofType(parts, 'AWS::SQS::Queue').filter((part) => !isWorkQueue(part));
