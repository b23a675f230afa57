import { type Answer, answersOf, finding, nothingThere, orElse } from './answer.ts';
import { aws, revertDrift } from './check-functions.ts';
import type { Fact } from './fact.ts';
import type { DeploymentFacts, PartSight, StackPlace } from './facts.ts';
import { partName } from './parts.ts';

interface PartCheck<Value> {
  readonly stack: StackPlace;
  /** e.g. `rule`; goes before the name of each. */
  readonly kind: string;
  readonly all: Fact<readonly PartSight<Value>[]>;
  readonly saw: (count: number) => string;
  readonly trouble: (subject: string, physicalId: string, value: Value) => readonly Answer[];
}

/** Every part of one kind; none at all is no stack of ours. */
const eachPart = <Value>({ stack, kind, all, saw, trouble }: PartCheck<Value>): readonly Answer[] =>
  answersOf(`${kind}s`, all, {
    absent: nothingThere(`${kind}s`),
    seen: (parts) => {
      if (parts.length === 0)
        return [finding(`${kind}s`, 'the stack has none', 'those of the responder', revertDrift(stack))];
      const troubles = parts.flatMap(({ part, sight }) => {
        const subject = `${kind} ${partName(part)}`;
        return answersOf(subject, sight, {
          absent: () => [
            finding(subject, 'it is not there', `the ${kind} that the stack made`, revertDrift(stack)),
          ],
          seen: (value) => trouble(subject, part.physicalId, value),
        });
      });
      return orElse(troubles, saw(parts.length));
    },
  });

export const checkRules = ({ stack, rules }: Pick<DeploymentFacts, 'stack' | 'rules'>): readonly Answer[] =>
  eachPart({
    stack,
    kind: 'rule',
    all: rules,
    saw: (count) => `${count} rules, schedules among them, enabled`,
    trouble: (subject, physicalId, state) =>
      // ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS is enabled and more (EventBridge API reference, PutRule).
      state.startsWith('ENABLED')
        ? []
        : [
            finding(subject, state, 'ENABLED', {
              words: 'enable it',
              // Of a rule on another bus the physical id would be BUS|NAME; ours are on the default one.
              command: aws(stack, `events enable-rule --name ${physicalId}`),
            }),
          ],
  });

/** On the way from one to the other; what was asked for will be so in a moment. */
const enabling: ReadonlySet<string> = new Set(['Enabled', 'Enabling', 'Creating', 'Updating']);

export const checkEventSources = ({
  stack,
  mappings,
}: Pick<DeploymentFacts, 'stack' | 'mappings'>): readonly Answer[] =>
  eachPart({
    stack,
    kind: 'event source',
    all: mappings,
    saw: (count) => `${count} event source mappings, enabled`,
    trouble: (subject, uuid, { state }) =>
      enabling.has(state)
        ? []
        : [
            finding(subject, state, 'Enabled', {
              words: 'enable it; what waits meanwhile is taken up then',
              command: aws(stack, `lambda update-event-source-mapping --uuid ${uuid} --enabled`),
            }),
          ],
  });

export const checkDeadLetters = ({
  stack,
  deadLetters,
}: Pick<DeploymentFacts, 'stack' | 'deadLetters'>): readonly Answer[] =>
  eachPart({
    stack,
    kind: 'dead-letter queue',
    all: deadLetters,
    saw: (count) => `${count} dead-letter queues, empty`,
    trouble: (subject, url, waiting) => (waiting === 0 ? [] : [stuck(subject, url, waiting, stack)]),
  });

const stuck = (subject: string, url: string, waiting: number, stack: StackPlace) =>
  finding(subject, waiting === 1 ? '1 message' : `${waiting} messages`, 'none', {
    words:
      'read them and the log of the function; when it is mended redrive or purge (docs/runbook.md, "Alarms on the responder itself")',
    command: aws(stack, `sqs receive-message --queue-url ${url} --visibility-timeout 0`),
  });
