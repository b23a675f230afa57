import * as v from 'valibot';
import type { SendAnswer } from '../../core/application/ports.ts';
import { seconds } from '../../core/domain/units.ts';

type Failure = Extract<SendAnswer, { kind: 'failed' }>;

/** Where to post what: `authorization` is left out for a webhook, whose address is the secret. */
export interface SlackRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: object;
}

export interface SlackReply {
  readonly kind: 'answered';
  readonly status: number;
  readonly text: string;
}

/** Longer than Slack needs, far shorter than a Lambda's time limit. */
const timeout = 10_000;
/** When Slack names no time. */
const usualWait = seconds(30);

/** One POST. Failures are data; nothing of the request, which holds the secret, gets into them. */
export async function slackCall(fetchIt: typeof fetch, request: SlackRequest): Promise<SlackReply | Failure> {
  let response: Response;
  let text: string;
  try {
    response = await fetchIt(request.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(request.authorization === undefined ? {} : { authorization: request.authorization }),
      },
      body: JSON.stringify(request.body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    text = await response.text();
  } catch (error) {
    return failure(
      'soon',
      'outage',
      isTimeout(error) ? `no answer within ${timeout / 1_000} s` : 'no connection',
    );
  }
  if (response.status === 429) {
    return { ...failure('soon', 'rate-limited', 'status 429'), retryAfter: waitOf(response) };
  }
  if (response.status >= 500) return failure('soon', 'outage', `status ${response.status}`);
  return { kind: 'answered', status: response.status, text };
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

const waitOf = (response: Response): Failure['retryAfter'] => {
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(wait) && wait >= 0 ? seconds(wait) : usualWait;
};

export const failure = (retry: Failure['retry'], reason: Failure['reason'], detail: string): Failure => ({
  kind: 'failed',
  retry,
  reason,
  detail: `Slack: ${detail}`,
  retryAfter: undefined,
});

/** Slack's answers of a fault that passes. Source: Slack API, errors common to all methods. */
const passing: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);
/** Slack's answers that only a person with rights in the workspace can change. */
const unauthorised: ReadonlySet<string> = new Set([
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'no_service',
  'no_service_id',
  'no_team',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'token_expired',
  'token_revoked',
]);

/** A code of Slack's as a failure; anything that does not look like a code is not repeated. */
export function refusalOf(code: string): Failure {
  if (!/^[a-z_]{2,60}$/.test(code)) return failure('slowly', 'rejected', 'an answer we do not understand');
  if (code === 'ratelimited' || code === 'rate_limited') {
    return { ...failure('soon', 'rate-limited', code), retryAfter: usualWait };
  }
  if (passing.has(code)) return failure('soon', 'outage', code);
  return failure('slowly', unauthorised.has(code) ? 'unauthorised' : 'rejected', code);
}

const answerSchema = v.union([
  v.object({ ok: v.literal(true), channel: v.optional(v.string()), ts: v.optional(v.string()) }),
  v.object({ ok: v.literal(false), error: v.string() }),
]);

export type WebApiAnswer = v.InferOutput<typeof answerSchema>;

/** The JSON that every Web API method answers with; `undefined` when it is none, as from a proxy in between. */
export function webApiAnswer(text: string): WebApiAnswer | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), answerSchema), text);
  return parsed.success ? parsed.output : undefined;
}
