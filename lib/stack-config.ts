import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';
import type { Policy } from '../core/domain/policy.ts';
import { completePolicy, policyDefaults } from '../lambda/environments/policy-props.ts';
import { fault } from './fault.ts';
import { contradictionsIn } from './policy-contradictions.ts';
import { propsSchema, type ShapedProps } from './props-schema.ts';

/** Complete: every default is merged, nothing in here is optional. */
export interface StackConfig {
  readonly policy: Policy;
  readonly mailTo: readonly string[];
  readonly slack: SlackDelivery | undefined;
  /** `undefined` where nobody said so; messages then leave the link out. */
  readonly runbookUrl: string | undefined;
  readonly logRetention: RetentionDays;
  readonly alarmActions: readonly string[];
}

export type SlackDelivery = { readonly keyArn: string | undefined } & (
  | { readonly kind: 'bot'; readonly channel: string; readonly parameterName: string }
  | { readonly kind: 'webhook'; readonly parameterName: string }
);

export const defaults = {
  ...policyDefaults,
  mailTo: [],
  logRetentionDays: 90,
  alarmActions: [],
} as const satisfies ShapedProps;

/**
 * Validates what people set (props of the construct, or `ebs-burst` in the context of cdk.json) and completes it.
 * @throws Error with one line for every unknown key, impossible value and contradiction.
 */
export function readStackConfig(raw: unknown): StackConfig {
  const given = typeof raw === 'string' ? parsed(raw) : raw;
  if (Array.isArray(given)) throw wrongConfiguration([fault('ebs-burst', given, objectExpected)]);
  const shaped = v.safeParse(propsSchema, given ?? {}, { abortPipeEarly: true });
  if (!shaped.success) throw wrongConfiguration(shaped.issues.map(lineOf));
  const policy = completePolicy(shaped.output);
  const contradictions = contradictionsIn(shaped.output, policy);
  if (contradictions.length > 0) throw wrongConfiguration(contradictions);
  return {
    policy,
    mailTo: [...new Set(shaped.output.mailTo ?? defaults.mailTo)],
    slack: slackDelivery(shaped.output.slack),
    runbookUrl: shaped.output.runbookUrl,
    logRetention: shaped.output.logRetentionDays ?? defaults.logRetentionDays,
    alarmActions: [...new Set(shaped.output.alarmActions ?? defaults.alarmActions)],
  };
}

/** `cdk -c ebs-burst='{…}'` hands its value over as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrongConfiguration([fault('ebs-burst', text, jsonExpected)]);
  }
}

function slackDelivery(slack: ShapedProps['slack']): SlackDelivery | undefined {
  if (slack?.tokenParameter !== undefined && slack.channel !== undefined) {
    return { kind: 'bot', channel: slack.channel, parameterName: slack.tokenParameter, keyArn: slack.keyArn };
  }
  if (slack?.webhookParameter === undefined) return undefined;
  return { kind: 'webhook', parameterName: slack.webhookParameter, keyArn: slack.keyArn };
}

function lineOf(issue: v.InferIssue<typeof propsSchema>): string {
  const key = v.getDotPath(issue) ?? 'ebs-burst';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `${key}: got an unknown key, expected ${knownKeys(key)}; correct or remove it`;
  }
  if (issue.type === 'strict_object') return fault(key, issue.input, objectExpected);
  // People paste the secret where its name belongs; an error must not carry it into a build log.
  return /^slack\..*Parameter$/.test(key)
    ? `${key}: got a value not shown here in case it is the secret itself, ${issue.message}`
    : fault(key, issue.input, issue.message);
}

const jsonExpected = `expected an object as JSON, e.g. '{"mode":"act"}'; see docs/reference/configuration.md`;
const objectExpected = 'expected an object; see docs/reference/configuration.md';

const knownKeys = (key: string): string => {
  const parent = key.includes('.') ? nestedObjects[key.split('.')[0] ?? ''] : undefined;
  return `one of ${Object.keys((parent ?? propsSchema).entries).join(', ')}`;
};

const nestedObjects: Readonly<Record<string, { readonly entries: object }>> = {
  act: propsSchema.entries.act.wrapped,
  blastRadius: propsSchema.entries.blastRadius.wrapped,
  slack: propsSchema.entries.slack.wrapped,
};

const wrongConfiguration = (lines: readonly string[]): Error =>
  new Error(['ebs-burst is not configured right:', ...lines.map((line) => `  - ${line}`)].join('\n'));
