import type { MiddlewareStack } from '@smithy/types';

/** The part of every SDK v3 client that the twin needs. */
export interface ConnectableClient {
  readonly config: { readonly serviceId?: string };
  // biome-ignore lint/suspicious/noExplicitAny: each SDK client has its own input and output unions; the twin dispatches by name.
  readonly middlewareStack: MiddlewareStack<any, any>;
}

/** Answers one command of one service: `serviceId` as in the SDK's model, e.g. `EC2`, `CloudWatch`, `DynamoDB`. */
export type Endpoint = (
  serviceId: string,
  operation: string,
  input: object,
  principal: string,
) => Promise<object>;

/**
 * Makes a real SDK client talk to the twin. The initialize step runs before serialisation and retries, so the
 * client's own paginators and command classes are exercised while nothing leaves the process.
 */
export function connect<C extends ConnectableClient>(client: C, endpoint: Endpoint, principal: string): C {
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      const output = await endpoint(
        String(client.config.serviceId),
        operation,
        args.input as object,
        principal,
      );
      return { output, response: {} };
    },
    { step: 'initialize', name: 'twin', priority: 'high' },
  );
  return client;
}
