import type {
  ContextEntry,
  EvaluationResult,
  PolicyEvaluationDecisionType,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import type { Service } from '../service.ts';
import { evaluate, type PolicyStatement, type SimulatedRequest } from './policy-evaluation.ts';
import type { Roles } from './roles.ts';

/**
 * Source: IAM API reference, SimulatePrincipalPolicy and EvaluationResult: a result for each action, in it one for each
 * resource that was named. The twin has identity policies alone: no boundary, no organization; it never truncates.
 */
export const iamService = (roles: Roles): Service => ({
  SimulatePrincipalPolicy: {
    accepts: ['PolicySourceArn', 'ActionNames', 'ResourceArns', 'ContextEntries', 'Marker'],
    run: (input: SimulatePrincipalPolicyCommandInput): SimulatePolicyResponse => {
      const statements = roles.statements(input.PolicySourceArn ?? '');
      const context = contextOf(input.ContextEntries ?? []);
      const actions = input.ActionNames ?? [];
      return {
        IsTruncated: false,
        EvaluationResults: actions.map((action) => {
          const ask = (resource: string) => ({ action, resource, context });
          return input.ResourceArns === undefined
            ? overAll(statements, ask('*'))
            : resourceByResource(statements, input.ResourceArns.map(ask));
        }),
      };
    },
  },
});

function overAll(statements: readonly PolicyStatement[], request: SimulatedRequest): EvaluationResult {
  const { decision, missing } = evaluate(statements, request);
  return {
    EvalActionName: request.action,
    EvalResourceName: '*',
    EvalDecision: decision,
    MissingContextValues: [...missing],
  };
}

/** The twin knows no ARN templates of services, which is what AWS answers as EvalResourceName here. */
function resourceByResource(
  statements: readonly PolicyStatement[],
  requests: readonly SimulatedRequest[],
): EvaluationResult {
  const results = requests.map((request) => ({ request, ...evaluate(statements, request) }));
  const decisions = results.map(({ decision }) => decision);
  return {
    EvalActionName: requests[0]?.action,
    EvalDecision: MOST_RESTRICTIVE.find((decision) => decisions.includes(decision)),
    MissingContextValues: [...new Set(results.flatMap(({ missing }) => missing))],
    ResourceSpecificResults: results.map(({ request: { resource }, decision, missing }) => ({
      EvalResourceName: resource,
      EvalResourceDecision: decision,
      MissingContextValues: [...missing],
    })),
  };
}

const MOST_RESTRICTIVE: readonly PolicyEvaluationDecisionType[] = ['explicitDeny', 'implicitDeny', 'allowed'];

const contextOf = (entries: readonly ContextEntry[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]),
  );
