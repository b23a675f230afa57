import { type EvaluationResult, type IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import type { PermissionQuestion, Ruling } from '../../../core/domain/doctoring/permission-questions.ts';

/**
 * What IAM says that a role may do; it tries nothing. Source: IAM API reference, SimulatePrincipalPolicy: policies of the
 * role, its boundary and SCPs are read, resource policies for a role are not.
 */
export async function simulated(
  client: IAMClient,
  roleArn: string,
  { actions, resource, context }: PermissionQuestion,
): Promise<readonly Ruling[]> {
  const rulings: Ruling[] = [];
  const input = {
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ResourceArns: [resource],
    ContextEntries: context.map(({ key, values, kind }) => ({
      ContextKeyName: key,
      ContextKeyValues: [...values],
      ContextKeyType: kind,
    })),
  };
  for await (const page of paginateSimulatePrincipalPolicy({ client }, input))
    rulings.push(...(page.EvaluationResults ?? []).map(rulingOf));
  const missing = actions.find((action) => rulings.every((ruling) => ruling.action !== action));
  if (missing !== undefined) throw new Error(`the simulation gave no answer for ${missing} on ${resource}`);
  return rulings;
}

function rulingOf(result: EvaluationResult): Ruling {
  const { EvalActionName = '', EvalDecision, OrganizationsDecisionDetail: organization } = result;
  // The question has one resource, and what was said of it is more exact than the result over all.
  const [specific] = result.ResourceSpecificResults ?? [];
  const boundary = specific?.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail;
  const by =
    organization?.AllowedByOrganizations === false
      ? 'organization'
      : boundary?.AllowedByPermissionsBoundary === false
        ? 'boundary'
        : undefined;
  return {
    action: EvalActionName,
    decision: (specific?.EvalResourceDecision ?? EvalDecision) === 'allowed' ? 'allowed' : 'denied',
    by,
    missing: specific?.MissingContextValues ?? result.MissingContextValues ?? [],
  };
}
