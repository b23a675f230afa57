import type { ChannelName } from '../../core/application/ports.ts';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { type Item, keyItem } from './dynamo-table.ts';
import { expiryAfter } from './expiry.ts';
import { bodyOf } from './item-body.ts';
import { keys } from './table-keys.ts';

/** Coverage, heartbeat, farewell and test belong to no incident: each is a conversation of its own. */
const incidentOf = (notice: Notice): string => (notice.kind === 'case' ? notice.incident : notice.id);

/** A pending row, due at once: the stream wakes the delivery, the schedule finds what that missed. */
export const noticeItem = (notice: Notice, channel: ChannelName): Item => ({
  ...keyItem(keys.notice(incidentOf(notice), channel, notice.id)),
  kind: { S: 'notice' },
  incident: { S: incidentOf(notice) },
  channel: { S: channel },
  noticeId: { S: notice.id },
  state: { S: 'pending' },
  attempts: { N: '0' },
  queue: { S: 'notice' },
  dueAt: { N: String(notice.at) },
  // A row that nobody can deliver or read is not tried for ever.
  expiresAt: { N: expiryAfter(notice.at) },
  body: bodyOf(notice),
});
