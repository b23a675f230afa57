import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import type { Ending } from '../../core/domain/deciding/decision.ts';
import { closedCases, openCases, unfolded } from '../scenarios/account-history.ts';
import { writtenIn } from '../scenarios/invariants/requests.ts';
import { minute } from '../scenarios/responder-account.ts';
import { responderSettings } from './setting.ts';
import type { World } from './world.ts';

/** A message, or what it said before it was edited, on one line. */
export interface Text {
  readonly at: number;
  readonly text: string;
}

interface Channel {
  readonly name: 'sns' | 'slack';
  readonly texts: readonly Text[];
}

export function channelsOf({ responder, setting }: World): readonly Channel[] {
  const { account, deployed, slackChannelId } = responder;
  const { publications } = account.topics.get(deployed.stack.outputs['NoticeTopicArn']);
  const sns = publications.map(({ at, subject = '', message }) => ({
    at,
    text: unfolded(`${subject} ${message}`),
  }));
  const slack = account.slackWorkspace.messages(slackChannelId).flatMap((message) =>
    [...message.earlier, message].map(({ text, blocks }, index) => ({
      at: message.earlier[index - 1]?.until ?? message.postedAt,
      text: unfolded(`${text} ${JSON.stringify(blocks).replaceAll('\\n', ' ')}`),
    })),
  );
  const { slack: isOnSlack } = responderSettings[setting.props];
  return [
    { name: 'sns', texts: sns },
    ...(isOnSlack === undefined ? [] : [{ name: 'slack', texts: slack } as const]),
  ];
}

type Case = OpenCase | Closed;

/** What a message can be about. */
interface Scene {
  readonly cases: readonly Case[];
  /** When the first notice of each case was written. */
  readonly firstWords: ReadonlyMap<string, number>;
}

export function sceneOf({ responder }: World): Scene {
  const firstWords = new Map<string, number>();
  for (const { at, error, item } of writtenIn(responder)) {
    const [id] = item['noticeId']?.S?.split('#') ?? [];
    if (error === undefined && id !== undefined && !firstWords.has(id)) firstWords.set(id, at);
  }
  return { cases: [...openCases(responder), ...closedCases(responder)], firstWords };
}

/** A delivery tells of the rows that it read when it began. */
const DELIVERY = 2 * minute;

/**
 * A message about one disk names its case. One about several names their incident and each volume, and tells of the newest
 * case of each that had been told of then; of an earlier one it gives the id.
 */
export const speaksOf = (one: Case, scene: Scene, { at, text }: Text): boolean =>
  text.includes(one.id) || isAmongSeveral(one, scene, { at, text });

function isAmongSeveral(
  { id, incident, volumeId, openedAt }: Case,
  { cases, firstWords }: Scene,
  { at, text }: Text,
): boolean {
  const others = cases.filter((one) => incident !== undefined && one.incident === incident && one.id !== id);
  const isSuperseded = others.some(
    (one) =>
      one.volumeId === volumeId &&
      one.openedAt >= openedAt &&
      at > (firstWords.get(one.id) ?? Number.POSITIVE_INFINITY) + DELIVERY,
  );
  return (
    !isSuperseded &&
    others.some((one) => one.volumeId !== volumeId) &&
    text.includes(String(incident)) &&
    text.includes(volumeId)
  );
}

/**
 * By a message about its one disk, which says that the case is over; by a line of news about it; or by its row in a table.
 * The end of an earlier case is told by a line with its id, and is no other case's.
 */
export function tellsEnd(one: Closed, scene: Scene, { at, text }: Text): boolean {
  const { id, volumeId, ending } = one;
  const { title, line } = ends[ending];
  const news = String.raw`\d\d:\d\d UTC ${line}`;
  if (new RegExp(`earlier case ${id}: ${news}`).test(text)) return true;
  const ofNewest = text.replaceAll(/earlier case EB-\w+: \d\d:\d\d UTC [A-Z ,]+/g, '');
  const ofDisk = new RegExp(`${volumeId}: ${news}|${volumeId} - - ${ending}`);
  if (isAmongSeveral(one, scene, { at, text }) && ofDisk.test(ofNewest)) return true;
  const isClosed = title.test(ofNewest) && /this case is closed/i.test(ofNewest);
  return ofNewest.includes(id) && (isClosed || new RegExp(`(?<!: )${news}`).test(ofNewest));
}

/** In words of our own: what the product renders is what is judged. */
const ends: { readonly [Each in Ending]: { readonly title: RegExp; readonly line: string } } = {
  averted: { title: /before throttling/, line: 'CLOSED, AVERTED' },
  relieved: { title: /is fast again|latency as usual/, line: 'CLOSED, RELIEVED' },
  unproved: { title: /effect could not be measured/, line: 'CLOSED, EFFECT UNKNOWN' },
  'not-relieved': { title: /still slow after its move/, line: 'CLOSED, NOT RELIEVED' },
  failed: { title: /could not be moved/, line: 'CLOSED, FAILED' },
  'put-back': { title: /is back on/, line: 'BACK ON' },
  recovered: { title: /has recovered|readable again/, line: '(RECOVERED|READABLE AGAIN)' },
  silent: { title: /published nothing for a day/, line: 'CLOSED, SILENT' },
  gone: { title: /was deleted/, line: 'CLOSED, DELETED' },
  detached: { title: /was detached/, line: 'CLOSED, DETACHED' },
  'cannot-run-out': { title: /can no longer run out/, line: String.raw`CLOSED\. The volume can no longer` },
  yielded: { title: /changed by somebody else/, line: 'CLOSED, LEFT TO OTHERS' },
};
