import type { PolicyStatement } from '../iam/policy-evaluation.ts';
import type { Roles } from '../iam/roles.ts';
import { NotImitatedError } from '../service-error.ts';
import type { Properties } from './resource-kind.ts';

/** A role with its inline policies; its physical name is its logical id. */
export function putRole(logicalId: string, properties: Properties, roles: Roles): void {
  properties.assertOnly(
    ['Policies', 'ManagedPolicyArns'],
    ['AssumeRolePolicyDocument', 'Description', 'Tags'],
  );
  const statements = properties
    .maps('Policies')
    .flatMap((policy) => policy.map('PolicyDocument')?.maps('Statement') ?? [])
    .map(statementOf);
  roles.put(logicalId, statements, properties.texts('ManagedPolicyArns'));
}

function statementOf(statement: Properties): PolicyStatement {
  statement.assertOnly(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);
  const Effect = statement.requiredText('Effect');
  if (Effect !== 'Allow' && Effect !== 'Deny')
    throw new NotImitatedError(`policy effect ${Effect} is not imitated; imitated: Allow, Deny`);
  const { Action, Resource } = statement.record();
  const Sid = statement.text('Sid');
  const conditions = statement.map('Condition');
  return {
    ...(Sid !== undefined && { Sid }),
    Effect,
    Action: textsOf(Action),
    Resource: textsOf(Resource),
    ...(conditions !== undefined && { Condition: conditionOf(conditions) }),
  };
}

const conditionOf = (operators: Properties): NonNullable<PolicyStatement['Condition']> =>
  Object.fromEntries(
    operators.names.map((operator) => {
      const keys = operators.map(operator)?.record() ?? {};
      return [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, textsOf(value)])),
      ];
    }),
  );

const textsOf = (value: unknown): readonly string[] => [value].flat().map(String);
