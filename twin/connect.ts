/** The part of every SDK v3 client that the twin needs. */
export interface ConnectableClient {
  readonly config: { readonly serviceId?: string };
  readonly send: unknown;
}

/** The class of one, such as `EC2Client`. */
export interface ConnectableKind<Client extends object> {
  readonly name: string;
  readonly prototype: Client;
}

/**
 * Answers one command of one service: `serviceId` as in the SDK's model, e.g. `EC2`, `CloudWatch`, `DynamoDB`;
 * `invocation` as in CallRecord.
 */
export type Endpoint = (
  serviceId: string,
  operation: string,
  input: object,
  principal: string,
  invocation?: string,
) => Promise<object>;

/**
 * Makes a real SDK client talk to the twin. What it sends is answered before serialisation and retries, so its own
 * paginators and command classes are exercised while nothing leaves the process.
 */
export function connect<C extends ConnectableClient>(client: C, endpoint: Endpoint, principal: string): C {
  return Object.assign(client, { send: sending(String(client.config.serviceId), endpoint, principal) });
}

/** The same without the cost of building the client: credentials, retries and connections that nothing here uses. */
export function connected<C extends object>(
  kind: ConnectableKind<C>,
  endpoint: Endpoint,
  principal: string,
): C {
  const serviceId = serviceIdOf(kind.name);
  const client: C = Object.create(kind.prototype);
  return Object.assign(client, { config: { serviceId }, send: sending(serviceId, endpoint, principal) });
}

/** As in the SDK's model; the class is named after it without its spaces. */
const serviceIdOf = (className: string): string =>
  className === 'ServiceQuotasClient' ? 'Service Quotas' : className.replace(/Client$/, '');

const sending =
  (serviceId: string, endpoint: Endpoint, principal: string) =>
  (command: { readonly input: object } & object): Promise<object> =>
    endpoint(serviceId, command.constructor.name.replace(/Command$/, ''), command.input, principal);
