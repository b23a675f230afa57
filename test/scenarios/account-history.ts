import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import type { ReasonCode } from '../../core/domain/reasons.ts';
import { readBody } from '../../lambda/adapters/item-body.ts';
import { storedClosedCase, storedOpenCase } from '../../lambda/adapters/stored-case.ts';
import { storedNotice } from '../../lambda/adapters/stored-notice.ts';
import type { Publication } from '../../twin/sns/topics.ts';
import type { ResponderAccount } from './responder-account.ts';

export interface ModifyCall {
  readonly at: number;
  readonly input: object;
  /** AWS's code where it refused. */
  readonly error: string | undefined;
}

/** Every ModifyVolume that the responder sent, refused ones included. */
export const modifyCalls = ({ account }: ResponderAccount): readonly ModifyCall[] =>
  account.endpoint.calls
    .filter(({ operation }) => operation === 'ModifyVolume')
    .map(({ at, input, error }) => ({ at, input, error }));

const itemsOf = ({ account, deployed }: ResponderAccount, kind: string) =>
  account.tables
    .get(deployed.stack.physicalName('Cases'))
    .snapshot()
    .filter((item) => item['kind']?.S === kind);

export const openCases = (responder: ResponderAccount): readonly OpenCase[] =>
  itemsOf(responder, 'case').map((item) => readBody(storedOpenCase, item));

/** In the order in which they were closed. */
export const closedCases = (responder: ResponderAccount): readonly Closed[] =>
  itemsOf(responder, 'closed-case')
    .map((item) => readBody(storedClosedCase, item))
    .toSorted((a, b) => a.closedAt - b.closedAt);

/** What was to be told about cases, once for all channels, oldest first. */
export const caseNotices = (responder: ResponderAccount): readonly CaseNotice[] =>
  itemsOf(responder, 'notice')
    .filter((item) => item['channel']?.S === 'sns')
    .map((item) => readBody(storedNotice, item))
    .filter((notice) => notice.kind === 'case')
    .toSorted((a, b) => a.at - b.at);

/** What each notice said, e.g. `needed`, `ended averted`. */
export const saidInOrder = (responder: ResponderAccount): readonly string[] =>
  caseNotices(responder).map(({ said }) => (said.kind === 'ended' ? `ended ${said.ending}` : said.kind));

/** Codes of everything that was told to stand against acting. */
export const refusalsTold = (responder: ResponderAccount): readonly ReasonCode[] =>
  caseNotices(responder).flatMap(({ said }) =>
    said.kind === 'warned' || said.kind === 'needed' ? said.refusals.map(({ code }) => code) : [],
  );

/** What was published on the topic, coverage and heartbeat left out. */
export const mails = ({ account, deployed }: ResponderAccount): readonly Publication[] =>
  account.topics
    .get(deployed.stack.outputs['NoticeTopicArn'])
    .publications.filter(({ subject = '' }) => subject.includes('[EB-'));

/** One line: what a mail says however its lines are broken. */
export const unfolded = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** What stands in the Slack channel, and in its threads, coverage and heartbeat left out. */
export const slackTexts = ({ account, slackChannelId }: ResponderAccount): readonly string[] =>
  account.slackWorkspace
    .messages(slackChannelId)
    .map(({ text }) => text)
    .filter((text) => !text.startsWith('FYI:'));

/** Dollars a month that are committed for what we changed and have not put back. */
export const committed = (responder: ResponderAccount): number =>
  itemsOf(responder, 'ledger').reduce(
    (_none, { body }) => (JSON.parse(body?.S ?? '{}') as { committed: number }).committed,
    0,
  );
