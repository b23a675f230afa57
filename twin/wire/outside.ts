import type { Account } from '../account.ts';
import { NoAnswer } from './front.ts';
import type { WireAnswer, WireRequest } from './wire-message.ts';

/** Where functions in processes of their own send what is for Slack or for CloudFormation's response address. */
export const OUTSIDE = '/_outside';

/** @returns undefined for a request that is not meant for it @throws NoAnswer where the connection would break */
export async function outside(account: Account, request: WireRequest): Promise<WireAnswer | undefined> {
  const url = request.headers['x-outside-url'];
  if (request.path !== OUTSIDE || url === undefined) return undefined;
  const { method, headers, body } = request;
  const passed = ['authorization', 'content-type'].flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
  try {
    const reply = await account.fetch(url, { method, headers: passed, body: new TextDecoder().decode(body) });
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
  } catch (error) {
    if (error instanceof TypeError) throw new NoAnswer(error.message);
    throw error;
  }
}
