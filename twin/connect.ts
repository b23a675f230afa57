/** The part of every SDK v3 client that the twin needs. */
export interface ConnectableClient {
  readonly config: { readonly serviceId?: string };
  readonly send: unknown;
}

/** Answers one command of one service: `serviceId` as in the SDK's model, e.g. `EC2`, `CloudWatch`, `DynamoDB`. */
export type Endpoint = (
  serviceId: string,
  operation: string,
  input: object,
  principal: string,
) => Promise<object>;

/**
 * Makes a real SDK client talk to the twin. What it sends is answered before serialisation and retries, so its own
 * paginators and command classes are exercised while nothing leaves the process.
 */
export function connect<C extends ConnectableClient>(client: C, endpoint: Endpoint, principal: string): C {
  const serviceId = String(client.config.serviceId);
  const send = (command: { readonly input: object } & object): Promise<object> =>
    endpoint(serviceId, command.constructor.name.replace(/Command$/, ''), command.input, principal);
  return Object.assign(client, { send });
}
