import { accountOfTwin } from './account.ts';

type Answer = Readonly<Record<string, unknown>>;

/** One channel, its bot and what the bot can call. */
export function slackUnderTest() {
  const { slack, slackWorkspace, slackBotToken, simulation } = accountOfTwin();
  const channel = slackWorkspace.addChannel('storage');
  const send = (method: string, body: object, token = slackBotToken): Promise<Response> =>
    slack.fetch(`https://slack.com/api/${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ channel, ...body }),
    });
  const call = async (method: string, body: object, token?: string): Promise<Answer> =>
    (await (await send(method, body, token)).json()) as Answer;
  const post = (body: object): Promise<Answer> => call('chat.postMessage', body);
  return { slack, slackWorkspace, simulation, channel, send, call, post };
}
