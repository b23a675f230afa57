import { ServiceError } from './service-error.ts';

/** What IAM would be asked: the action as in a policy (`ec2:ModifyVolume`) and the tags a condition can read. */
export interface AuthorisationRequest {
  readonly principal: string;
  readonly action: string;
  /** The resource's ARN, or `*` for actions without resource-level permissions. */
  readonly resource: string;
  readonly resourceTags: Readonly<Record<string, string>>;
  /** `aws:RequestTag` and, by its keys, `aws:TagKeys`. */
  readonly requestTags: Readonly<Record<string, string>>;
}

/** The account's policies: true allows. A twin without one allows everything. */
export type Authorise = (request: AuthorisationRequest) => boolean;

export const allowEverything: Authorise = () => true;

/** EC2 answers denials as UnauthorizedOperation, all other services as AccessDenied (their API references). */
export function demandPermission(authorise: Authorise, request: AuthorisationRequest): void {
  if (authorise(request)) return;
  const code = request.action.startsWith('ec2:') ? 'UnauthorizedOperation' : 'AccessDenied';
  throw new ServiceError(
    code,
    `You are not authorized to perform this operation. User: ${request.principal} is not authorized to perform: ${request.action} on resource: ${request.resource}`,
    { httpStatusCode: 403 },
  );
}
