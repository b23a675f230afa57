import type { AsynchronousInvocations } from '../lambda/asynchronous-invocations.ts';
import { NotImitatedError } from '../service-error.ts';

export interface CustomResource {
  readonly logicalId: string;
  readonly type: string;
  readonly functionArn: string;
  /** As the template has them, resolved; `ServiceToken` included. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export type RequestType = 'Create' | 'Update' | 'Delete';

/** What a function answered for a custom resource. Source: CloudFormation user guide, "Custom resource response objects". */
export interface CustomResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, unknown>>;
}

/** Source: CloudFormation user guide, "Custom resource response objects": the body is limited to 4,096 bytes. */
const MAXIMUM_ANSWER_BYTES = 4096;

/** CloudFormation's conversation with the functions behind custom resources: an event out, an answer to a signed address. */
export class CustomResources {
  readonly #stackId: string;
  readonly #invocations: AsynchronousInvocations;
  readonly #origin: string;
  readonly #open = new Map<string, CustomResource>();
  readonly #answers = new Map<string, CustomResourceAnswer>();
  readonly #physicalIds = new Map<string, string>();
  #requests = 0;

  constructor(options: { stackId: string; region: string; invocations: AsynchronousInvocations }) {
    this.#stackId = options.stackId;
    this.#invocations = options.invocations;
    this.#origin = `https://cloudformation-custom-resource-response-${options.region}.s3.amazonaws.com`;
  }

  /** Sends the event; the answer comes in simulated time and is found under the returned request id. */
  request(resource: CustomResource, type: RequestType): string {
    this.#requests += 1;
    const requestId = `c057044e-0000-4000-8000-${String(this.#requests).padStart(12, '0')}`;
    const path = `/${encodeURIComponent(`${this.#stackId}|${resource.logicalId}|${requestId}`)}`;
    this.#open.set(path, resource);
    const physicalId = this.#physicalIds.get(resource.logicalId);
    this.#invocations.accept(resource.functionArn, {
      RequestType: type,
      ServiceToken: resource.functionArn,
      ResponseURL: `${this.#origin}${path}`,
      StackId: this.#stackId,
      RequestId: requestId,
      ResourceType: resource.type,
      LogicalResourceId: resource.logicalId,
      ...(type !== 'Create' && { PhysicalResourceId: physicalId ?? resource.logicalId }),
      ResourceProperties: asTexts(resource.properties),
      ...(type === 'Update' && { OldResourceProperties: asTexts(resource.properties) }),
    });
    return requestId;
  }

  answer(requestId: string): CustomResourceAnswer | undefined {
    return this.#answers.get(requestId);
  }

  /** True for the addresses this stack has given out. */
  expects(url: URL): boolean {
    return url.origin === this.#origin && this.#open.has(url.pathname);
  }

  /** The PUT of a function to its `ResponseURL`. */
  take(url: URL, method: string | undefined, body: unknown): Response {
    const resource = this.#open.get(url.pathname);
    if (resource === undefined || method !== 'PUT' || typeof body !== 'string') {
      throw new NotImitatedError('a custom resource answers with a PUT of JSON text to its ResponseURL');
    }
    const answer = JSON.parse(body) as CustomResourceAnswer;
    const isAcceptable =
      Buffer.byteLength(body) <= MAXIMUM_ANSWER_BYTES &&
      (answer.Status === 'SUCCESS' || answer.Status === 'FAILED') &&
      answer.StackId === this.#stackId &&
      answer.LogicalResourceId === resource.logicalId &&
      typeof answer.PhysicalResourceId === 'string' &&
      url.pathname.endsWith(encodeURIComponent(`|${answer.RequestId}`));
    // CloudFormation ignores an answer it cannot read and goes on waiting.
    if (isAcceptable) {
      this.#answers.set(answer.RequestId, answer);
      this.#physicalIds.set(resource.logicalId, answer.PhysicalResourceId);
    }
    return new Response('');
  }
}

/** CloudFormation hands every scalar over as text. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]));
  }
  return String(value);
}
