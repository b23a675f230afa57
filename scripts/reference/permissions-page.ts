import { Stack } from 'aws-cdk-lib';
import type { Permission } from '../../lib/permission.ts';
import { RuntimeFunction } from '../../lib/runtime-function.ts';
import { type SynthesizedStack, synthesizedStack } from '../synthesized-stack.ts';
import { code, type Page, page, table } from './page.ts';

export const permissionsPage: Page = {
  file: 'permissions.md',
  render: () => {
    const notify = new Set(permissionsIn(synthesizedStack()).map(({ name }) => name));
    const whole = permissionsIn(synthesizedStack(everything));
    const handlers = [...new Set(whole.map(({ handler }) => handler))];
    const sections = handlers.map((handler) =>
      [
        `## ${handler}`,
        table(head, whole.filter((each) => each.handler === handler).map(rowIn(notify))),
      ].join('\n\n'),
    );
    return page('Permissions', intro, ...sections, rest);
  },
};

/** Whatever can cost a permission is switched on. */
const everything = {
  mode: 'act',
  slack: {
    channel: 'C0STORAGE',
    tokenParameter: '/your/slack-token',
    keyArn: 'arn:aws:kms:us-east-1:123456789012:key/your-key',
  },
} as const;

const intro = [
  'Every statement each function holds, with mode `act`, the default consent tag and Slack by bot token under a customer',
  'key. A deployment with mode `notify` and without Slack holds those marked *always* and nothing else: `ec2:ModifyVolume`',
  'is then in no policy at all. No function has a managed policy, no action is a wildcard, and every `*` in a resource says why.',
].join('\n');

const rest = [
  '## Not ours',
  '',
  "CDK's trigger provider, which starts the first census after a deployment, may invoke `keep-alarms` and write its own logs",
  '(`AWSLambdaBasicExecutionRole`). EventBridge may send to the queues and invoke the functions its rules name; CloudWatch may',
  "publish the responder's own alarms to its topic, from this account only.",
].join('\n');

const head = ['statement', 'held', 'actions', 'on', 'only if', 'because'];

interface HeldPermission {
  readonly handler: string;
  readonly name: string;
  readonly permission: Permission;
  readonly resolve: (value: unknown) => unknown;
}

const permissionsIn = ({ stack }: SynthesizedStack): readonly HeldPermission[] =>
  stack.node
    .findAll()
    .filter((construct) => construct instanceof RuntimeFunction)
    .flatMap(({ handler, permissions }) =>
      permissions.map((permission) => ({
        handler,
        name: `${handler} ${permission.sid}`,
        permission,
        resolve: (value: unknown) => Stack.of(stack).resolve(value),
      })),
    );

const rowIn =
  (notify: ReadonlySet<string>) =>
  ({ name, permission, resolve }: HeldPermission): readonly string[] => [
    permission.sid,
    heldWhen(notify.has(name), permission.sid),
    permission.actions.map(code).join(' '),
    permission.resources.map((resource) => code(readable(resolve(resource)))).join(' '),
    conditionsOf(permission, resolve),
    [permission.reason, ...(permission.wildcard === undefined ? [] : [`\`*\`: ${permission.wildcard}`])].join(
      '. ',
    ),
  ];

function heldWhen(always: boolean, sid: string): string {
  if (always) return 'always';
  return sid.includes('Slack') ? 'with Slack' : 'mode act';
}

const conditionsOf = ({ conditions = {} }: Permission, resolve: HeldPermission['resolve']): string =>
  Object.entries(conditions)
    .flatMap(([operator, keys]) =>
      Object.entries(keys as Record<string, unknown>).map(
        ([key, value]) => `${operator} ${code(`${key} = ${readable(resolve(value))}`)}`,
      ),
    )
    .join(' and ');

/** A resolved value with its intrinsics as a person would write them: `${AWS::Region}`, `Work.Arn`. */
function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(readable).join(' or ');
  const intrinsic = value as {
    Ref?: string;
    'Fn::GetAtt'?: [string, string];
    'Fn::Join'?: [string, unknown[]];
  };
  const joined = intrinsic['Fn::Join'];
  if (joined !== undefined) return joined[1].map(readable).join(joined[0]);
  const [resource, attribute] = intrinsic['Fn::GetAtt'] ?? [];
  const name = (intrinsic.Ref ?? resource ?? '').replace(/^Responder/, '').replace(/[0-9A-F]{8}$/, '');
  return attribute === undefined ? `\${${name}}` : `\${${name}.${attribute}}`;
}
