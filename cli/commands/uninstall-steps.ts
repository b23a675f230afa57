import type { StillUpgraded, UninstallPlan } from '../../core/domain/leaving/uninstall-plan.ts';
import { isUnderWay } from '../../core/domain/leaving/uninstall-plan.ts';
import { modifyCommand } from '../../core/domain/notices/modify-command.ts';
import type { Reading } from '../../core/domain/reading.ts';
import type { Identity } from './assess-access.ts';
import { typedBy } from './typed-by.ts';

/** What becomes of the volumes that we moved: they are put back, or they stay; `both` where nobody has chosen. */
export type Choice = 'restore' | 'keep' | 'both';

/** The deployment that is to go. */
export interface Leaving {
  /** Who asked, and will type the commands. */
  readonly identity: Identity;
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  /** Whether CloudFormation still has it. */
  readonly isStackThere: boolean;
  readonly table: string;
  readonly switchParameter: string;
  readonly switchSays: Reading<string>;
}

/** One thing a person does, in its turn. */
export interface Step {
  readonly title: string;
  readonly why: string;
  /** Each as a person types it, in lines; none where there is nothing to type. */
  readonly commands: readonly (readonly string[])[];
}

/** What is left to do until nothing of ours is there, in the order in which it is safe; what is done already is left out. */
export function uninstallSteps(plan: UninstallPlan, leaving: Leaving, choice: Choice): readonly Step[] {
  const steps = [
    ...stopped(leaving),
    ...settled(plan, leaving),
    ...(choice === 'keep' ? [] : restored(plan, leaving)),
    ...stackDeleted(plan, leaving),
    ...orphansDeleted(plan, leaving),
    ...tagsRemoved(plan, leaving),
    tableDeleted(leaving),
  ];
  const typed = typedBy(leaving.identity);
  return steps.map((step) => ({ ...step, commands: step.commands.map((lines) => lines.map(typed)) }));
}

function stopped({ region, isStackThere, switchParameter, switchSays }: Leaving): readonly Step[] {
  if (!isStackThere || (switchSays.kind === 'read' && switchSays.value !== 'run')) return [];
  return [
    {
      title: 'Stop it',
      why: 'From then on it modifies nothing any more; it goes on telling.',
      commands: [
        [
          `aws ssm put-parameter --region ${region} \\`,
          `  --name ${switchParameter} --overwrite --value stop`,
        ],
      ],
    },
  ];
}

function settled({ openCases }: UninstallPlan, leaving: Leaving): readonly Step[] {
  const waiting = openCases.filter(isUnderWay).length;
  if (waiting === 0 || !leaving.isStackThere) return [];
  const what = waiting === 1 ? 'One modification is' : `${waiting} modifications are`;
  return [
    {
      title: 'Let what is under way end',
      why: `${what} under way; AWS takes no other on the same volume before it has completed, and the case closes by itself then.`,
      commands: [[`ebs-burst watch --region ${leaving.region} --stack ${leaving.stack}`]],
    },
  ];
}

const isOpen = ({ wayBack }: StillUpgraded): boolean => wayBack.kind === 'open';

function restored({ upgraded }: UninstallPlan, { region }: Leaving): readonly Step[] {
  const open = upgraded.filter(isOpen);
  if (open.length === 0) return [];
  return [
    {
      title: 'To restore, put back what can go back',
      why: 'What a bucket holds after going back AWS does not say: plan for an empty one. To keep them, do nothing.',
      commands: open.map(({ volumeId, plan }) => modifyCommand({ region, volumeId }, plan.from)),
    },
  ];
}

function stackDeleted({ alarms }: UninstallPlan, { region, stack, isStackThere }: Leaving): readonly Step[] {
  if (!isStackThere) return [];
  const count = alarms.kind === 'read' ? alarms.value.ofStack.length : undefined;
  const taken = count === 1 ? 'our alarm' : `our ${count === undefined ? '' : `${count} `}alarms`;
  return [
    {
      title: 'Delete the stack',
      why: `It takes along ${taken}, which a census would put up again if deleted before, the functions and their log groups, and sends a last notice. Until it is gone it needs its table.`,
      commands: [
        [`aws cloudformation delete-stack --region ${region} \\`, `  --stack-name ${stack}`],
        [`aws cloudformation wait stack-delete-complete --region ${region} \\`, `  --stack-name ${stack}`],
      ],
    },
  ];
}

/** DeleteAlarms takes 100 names (CloudWatch API reference); fewer fit a screen. */
const namesPerCommand = 20;

function orphansDeleted({ alarms }: UninstallPlan, { region }: Leaving): readonly Step[] {
  const orphaned = alarms.kind === 'read' ? alarms.value.orphaned : [];
  if (orphaned.length === 0) return [];
  return [
    {
      title: 'Delete the alarms that an earlier stack left behind',
      why: 'They are billed, and nobody listens to them.',
      commands: chunks(orphaned, namesPerCommand).map((names) => [
        `aws cloudwatch delete-alarms --region ${region} --alarm-names \\`,
        ...continued(names),
      ]),
    },
  ];
}

const volumesPerCommand = 20;

function tagsRemoved({ tagged }: UninstallPlan, { region }: Leaving): readonly Step[] {
  if (tagged.length === 0) return [];
  const byKeys = Map.groupBy(tagged, ({ keys }) => keys.toSorted().join(' Key='));
  const commands = [...byKeys].flatMap(([keys, volumes]) =>
    chunks(volumes, volumesPerCommand).map((some) => [
      `aws ec2 delete-tags --region ${region} \\`,
      `  --tags Key=${keys} \\`,
      '  --resources \\',
      ...continued(some.map(({ volumeId }) => volumeId)),
    ]),
  );
  return [
    {
      title: 'Remove our tags',
      why: 'After the stack, which would write them again while a case is open.',
      commands,
    },
  ];
}

const tableDeleted = ({ region, table }: Leaving): Step => ({
  title: 'Last, when nothing is to be put back any more, delete the table',
  why: 'It outlives the stack because it alone knows what each volume was. Keep its audit trail first.',
  commands: [
    // One command, so that nothing is deleted that was not kept.
    [
      `ebs-burst export --region ${region} \\`,
      `  --table ${table} > audit.jsonl &&`,
      `aws dynamodb delete-table --region ${region} \\`,
      `  --table-name ${table}`,
    ],
  ],
});

const continued = (words: readonly string[]): readonly string[] =>
  words.map((word, index) => `  ${word}${index === words.length - 1 ? '' : ' \\'}`);

const chunks = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
