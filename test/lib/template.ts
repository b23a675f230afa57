import { matchesGlob } from 'node:path';
import type { SynthesizedStack, TemplateResource } from '../../scripts/synthesized-stack.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Json;
}

/** A resource with its logical id. */
export interface Found extends TemplateResource {
  readonly id: string;
  readonly Properties: Json;
}

export const ofType = ({ template }: SynthesizedStack, type: string): readonly Found[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ ...resource, id, Properties: resource.Properties ?? {} }));

/** The one resource of the type whose logical id contains `part`. */
export function theOne(stack: SynthesizedStack, type: string, part: string): Found {
  const found = ofType(stack, type).filter(({ id }) => id.includes(part));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(
      `expected one ${type} with ${part}, got ${found.map(({ id }) => id).join(', ') || 'none'}`,
    );
  }
  return only;
}

export interface RoleStatement {
  readonly role: string;
  readonly statement: Statement;
}

/** Every statement an identity holds, wherever it is attached. */
export const identityStatements = (stack: SynthesizedStack): readonly RoleStatement[] => [
  ...ofType(stack, 'AWS::IAM::Role').flatMap(({ id, Properties }) =>
    asList(Properties['Policies']).flatMap((policy) => statementsIn(id, policy)),
  ),
  ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy'].flatMap(
    (type) => ofType(stack, type).flatMap(({ id, Properties }) => statementsIn(id, Properties)),
  ),
];

const statementsIn = (role: string, policy: unknown): readonly RoleStatement[] =>
  asList(
    (policy as { PolicyDocument: { Statement: Statement | readonly Statement[] } }).PolicyDocument.Statement,
  ).map((statement) => ({ role, statement }));

/** Whether the statement allows the action, wildcards and NotAction included; IAM ignores case. */
export function allows({ Effect, Action, NotAction }: Statement, action: string): boolean {
  if (Effect !== 'Allow') return false;
  const names = (patterns: Statement['Action']) =>
    asList(patterns).some((pattern) => matchesGlob(action.toLowerCase(), pattern.toLowerCase()));
  return NotAction === undefined ? names(Action) : !names(NotAction);
}

export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** The logical id an intrinsic refers to. */
export function idIn(value: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as {
    Ref?: string;
    'Fn::GetAtt'?: readonly string[];
  };
  return Ref ?? attribute?.[0];
}
