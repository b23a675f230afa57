import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { PolicyStatement } from './policy-evaluation.ts';

interface Role {
  readonly arn: string;
  statements: readonly PolicyStatement[];
  readonly managedPolicyArns: readonly string[];
}

/** The roles of one account and what their own inline policies say. */
export class Roles {
  readonly #accountId: string;
  readonly #roles = new Map<string, Role>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  arn(name: string): string {
    return `arn:aws:iam::${this.#accountId}:role/${name}`;
  }

  put(name: string, statements: readonly PolicyStatement[], managedPolicyArns: readonly string[] = []): void {
    this.#roles.set(this.arn(name), { arn: this.arn(name), statements, managedPolicyArns });
  }

  /** @throws NoSuchEntity, and NotImitatedError for a role whose managed policies the twin does not know */
  statements(arn: string): readonly PolicyStatement[] {
    const { managedPolicyArns, statements } = this.#get(arn);
    if (managedPolicyArns.length > 0)
      throw new NotImitatedError(
        `${arn} holds managed policies, which are not imitated: ${managedPolicyArns}`,
      );
    return statements;
  }

  /** Test-side: what somebody does in the IAM console. */
  rewrite(arn: string, change: (statements: readonly PolicyStatement[]) => readonly PolicyStatement[]): void {
    const role = this.#get(arn);
    role.statements = change(role.statements);
  }

  #get(arn: string): Role {
    const role = this.#roles.get(arn);
    if (role !== undefined) return role;
    throw new ServiceError('NoSuchEntityException', `The role with name ${arn} cannot be found.`, {
      httpStatusCode: 404,
    });
  }
}
