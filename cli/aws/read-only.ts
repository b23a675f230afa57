/** As AWS names what changes nothing; GetItem and Query of DynamoDB, GetMetricData and IAM's simulation among them. */
const reads = /^(Describe|Get|List|BatchGet|Query|Scan|Simulate)[A-Za-z]*Command$/;

const onlyReads = <Next>(next: Next, context: { readonly commandName?: string }): Next => {
  const { commandName = 'a call without a name' } = context;
  if (reads.test(commandName)) return next;
  throw new Error(`not sent: ${commandName} may change something, and this only reads; report this line`);
};

/** A client of the SDK, as far as its calls can be looked at before they leave. */
interface Watched {
  readonly middlewareStack: {
    add(middleware: typeof onlyReads, options: { readonly step: 'initialize'; readonly name: string }): void;
  };
}

/** The same client, from which no call can leave that might change something. */
export function readOnly<Client extends Watched>(client: Client): Client {
  client.middlewareStack.add(onlyReads, { step: 'initialize', name: 'onlyReads' });
  return client;
}
