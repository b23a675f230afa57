import { pathToFileURL } from 'node:url';
import type { Account } from '../../twin/account.ts';
import type { PolicyStatement } from '../../twin/iam/policy-evaluation.ts';
import { resolve } from '../../twin/template/intrinsics.ts';
import type { Template } from '../../twin/template/load-template.ts';
import type { IamRequest } from './iam-requests.ts';
import { policySimulator } from './installed-from-npm.ts';

/** What is used of the simulator; its own types are installed with it and not here. */
interface Simulator {
  runSimulation(simulation: object, options: object): Promise<SimulationResult>;
}

interface SimulationResult {
  readonly resultType: 'error' | 'single' | 'wildcard';
  readonly overallResult?: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';
  readonly errors?: { readonly message: string };
}

/** What the role of a function holds in the synthesized template, with its references resolved. */
export function statementsOf(account: Account, functionName: string): readonly PolicyStatement[] {
  const { role } = account.functions.definition(functionName);
  if (role === undefined) throw new Error(`${functionName} has no role`);
  return account.roles.statements(role);
}

/** A key answers to IAM only because its own policy says so (KMS developer guide, "Default key policy"). */
export function keyPolicyOf({ Resources }: Template, { place }: Account): unknown {
  const key = Object.values(Resources).find(({ Type }) => Type === 'AWS::KMS::Key');
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': place.account,
  };
  return resolve(key?.Properties?.['KeyPolicy'], {
    ref: (name) => pseudo[name],
    attribute: (logicalId, attribute) => `${logicalId}.${attribute}`,
  });
}

interface Asking {
  readonly account: Account;
  readonly statements: readonly PolicyStatement[];
  readonly keyPolicy: unknown;
}

/** Whether what a role holds allows a request; @throws Error for one that the simulator does not understand */
export type Allowed = (asking: Asking, request: IamRequest) => Promise<boolean>;

export async function policyReader(): Promise<Allowed> {
  const { runSimulation } = (await import(pathToFileURL(policySimulator()).href)) as Simulator;
  return async ({ account: { place }, statements, keyPolicy }, { action, resource, context }) => {
    const result = await runSimulation(
      {
        request: {
          principal: `arn:aws:sts::${place.account}:assumed-role/handler/invocation`,
          action,
          resource: { resource, accountId: place.account },
          contextVariables: context,
        },
        identityPolicies: [{ name: 'handler', policy: { Version: '2012-10-17', Statement: statements } }],
        ...(action.startsWith('kms:') && { resourcePolicy: keyPolicy }),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (result.overallResult === undefined)
      throw new Error(`${action} on ${resource} cannot be simulated: ${result.errors?.message}`);
    return result.overallResult === 'Allowed';
  };
}
