import { type Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One thing a function may do, and why it must. */
export interface Permission {
  /** Names the statement in the template and in docs/reference/permissions.md. */
  readonly sid: string;
  readonly reason: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why a `*` in the resources cannot be narrower; a wildcard without it fails synthesis. */
  readonly wildcard?: string;
}

export const toStatement = ({ sid, actions, resources, conditions }: Permission): PolicyStatement =>
  new PolicyStatement({
    sid,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });
