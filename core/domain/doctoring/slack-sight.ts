import type { Fact } from './fact.ts';

/** What Slack said to a question that says nothing in any channel. */
export type SlackAnswer<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  /** `needed`: the scope that `missing_scope` asks for. */
  | { readonly kind: 'refused'; readonly code: string; readonly needed: string | undefined }
  | { readonly kind: 'unreached'; readonly why: string };

export interface SlackChannelSight {
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
}

export interface BotSight {
  /** Scopes of the token; `undefined` where Slack did not name them. */
  readonly auth: SlackAnswer<{ readonly scopes: readonly string[] | undefined }>;
  readonly channel: SlackAnswer<SlackChannelSight>;
}

/** How Slack is told, as `deliver-notice` is configured; never the secret itself. */
export type SlackSight =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'webhook';
      readonly parameter: string;
      readonly holds: Fact<'https-address' | 'something-else'>;
    }
  | {
      readonly kind: 'bot';
      readonly parameter: string;
      readonly channel: string;
      readonly bot: Fact<BotSight>;
    };
