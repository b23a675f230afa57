import type { AccountCase } from './account.ts';
import type { Confidence } from './case.ts';
import { same } from './expectations.ts';
import { slackUnderTest } from './slack-workspace.ts';

const POST = 'Slack API reference, chat.postMessage';
const KIT = 'Slack Block Kit reference, as third-party validators have it';

const text = (length: number, type = 'mrkdwn') => ({ type, text: 'x'.repeat(length) });
const section = (length: number) => ({ type: 'section', text: text(length) });
const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);

const button = (length: number) => ({ type: 'button', text: text(length, 'plain_text') });

/** What is just allowed and what is one too much. */
type Limit = readonly [fact: string, good: readonly object[], bad: readonly object[]];

const BLOCK_LIMITS: readonly Limit[] = [
  ['A message has at most 50 blocks.', times(50, { type: 'divider' }), times(51, { type: 'divider' })],
  ['The text of a section has 1 to 3,000 characters.', [section(3_000)], [section(3_001)]],
  [
    'A section has at most 10 fields.',
    [{ type: 'section', fields: times(10, text(1)) }],
    [{ type: 'section', fields: times(11, text(1)) }],
  ],
  [
    'A field has at most 2,000 characters.',
    [{ type: 'section', fields: [text(2_000)] }],
    [{ type: 'section', fields: [text(2_001)] }],
  ],
  [
    'A context has at most 10 elements.',
    [{ type: 'context', elements: times(10, text(1)) }],
    [{ type: 'context', elements: times(11, text(1)) }],
  ],
  [
    'A block of actions has at most 25 elements.',
    [{ type: 'actions', elements: times(25, button(1)) }],
    [{ type: 'actions', elements: times(26, button(1)) }],
  ],
  [
    'The text of a button has at most 75 characters.',
    [{ type: 'actions', elements: [button(75)] }],
    [{ type: 'actions', elements: [button(76)] }],
  ],
];

const HEADER_LIMIT: Limit = [
  'A header is plain text of at most 150 characters.',
  [{ type: 'header', text: text(150, 'plain_text') }],
  [{ type: 'header', text: text(151, 'plain_text') }],
];

const limitCase = ([fact, good, bad]: Limit, source: string, confidence: Confidence): AccountCase => ({
  fact,
  source,
  confidence,
  public: false,
  check: async () => {
    const { post } = slackUnderTest();
    same('at the limit', (await post({ text: 'x', blocks: good }))['ok'], true);
    same('beyond it', await post({ text: 'x', blocks: bad }), { ok: false, error: 'invalid_blocks' });
  },
});

export const slackLimitCases: readonly AccountCase[] = [
  ...BLOCK_LIMITS.map((limit) => limitCase(limit, KIT, 'secondary')),
  limitCase(HEADER_LIMIT, 'Slack Block Kit reference, header block', 'verified'),
  {
    fact: 'All blocks together are refused with msg_blocks_too_long from about 13,200 characters on.',
    source: 'slackapi/bolt-js, issue 2509',
    confidence: 'secondary',
    public: false,
    check: async () => {
      const { post } = slackUnderTest();
      same('12,000 characters', (await post({ text: 'x', blocks: times(4, section(2_900)) }))['ok'], true);
      const beyond = await post({ text: 'x', blocks: times(5, section(2_900)) });
      same('15,000 characters', beyond['error'], 'msg_blocks_too_long');
    },
  },
  {
    fact: 'A text of more than 40,000 characters is refused with msg_too_long.',
    source: `${POST}, errors`,
    confidence: 'open',
    public: false,
    check: async () => {
      const { post } = slackUnderTest();
      same('40,000', (await post({ text: 'x'.repeat(40_000) }))['ok'], true);
      same('40,001', await post({ text: 'x'.repeat(40_001) }), { ok: false, error: 'msg_too_long' });
    },
  },
  {
    fact: 'A text of more than 40,000 characters is cut.',
    source: `${POST}, text; Slack changelog, 2018-04-truncating-really-long-messages`,
    confidence: 'open',
    gap: 'the twin takes the reading under which a message is lost',
    public: false,
    check: async () => {
      const { post } = slackUnderTest();
      same('ok', (await post({ text: 'x'.repeat(40_001) }))['ok'], true);
    },
  },
];
