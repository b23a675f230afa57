import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Policy } from '../core/domain/policy.ts';
import { completePolicy, policyProps } from '../lambda/environments/policy-props.ts';
import { fileError } from './history/atomic-file.ts';
import { UsageError } from './usage-error.ts';

/** What the construct does when nothing is configured. */
export const defaultPolicy: Policy = completePolicy({});

/** The same, but that it may act; which volumes may be moved is still for their tags to say. */
export const actingPolicy: Policy = completePolicy({ mode: 'act' });

/**
 * The construct's props that concern the policy, as JSON: `{"mode":"act","leadTimeMinutes":20}`.
 * @throws UsageError with a line for every unknown key and impossible value
 * @throws FileError for a file that cannot be read
 */
export async function readPolicyFile(path: string): Promise<Policy> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(path, error, 'reading it');
  });
  const parsed = parsedJson(path, text);
  const { success, output, issues } = v.safeParse(policyProps, parsed, { abortPipeEarly: true });
  if (!success) throw new UsageError(issues.map((issue) => `${path}: ${faultIn(issue)}`).join('\n'));
  return completePolicy(output);
}

const example = 'expected an object as JSON, e.g. {"mode":"act"}; see docs/reference/configuration.md';

function parsedJson(path: string, text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `${path}: got no JSON (${error instanceof Error ? error.message : error}), ${example}`,
    );
  }
  // An array is an object to valibot.
  if (Array.isArray(parsed)) throw new UsageError(`${path}: got a list, ${example}`);
  return parsed;
}

function faultIn(issue: v.InferIssue<typeof policyProps>): string {
  const key = v.getDotPath(issue) ?? 'the policy';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `${key}: got an unknown key, expected one of ${keysBeside(key).join(', ')}; correct or remove it`;
  }
  const got = JSON.stringify(issue.input) ?? 'nothing';
  return `${key}: got ${got}, ${issue.type === 'strict_object' ? 'expected an object' : issue.message}`;
}

function keysBeside(key: string): readonly string[] {
  const { entries } = policyProps;
  if (key.startsWith('act.')) return Object.keys(entries.act.wrapped.entries);
  return Object.keys(key.startsWith('blastRadius.') ? entries.blastRadius.wrapped.entries : entries);
}
