type Send = (command: object) => Promise<object>;

/** As the SDK does, whose retries the twin leaves out: a command that got no answer is sent once more, unchanged. */
export function retrying<Client extends object>(client: Client): Client {
  const { send } = client as { readonly send: Send };
  return Object.assign(client, {
    send: (command: object) =>
      send(command).catch((error: Error) =>
        error.name === 'TimeoutError' ? send(command) : Promise.reject(error),
      ),
  });
}
