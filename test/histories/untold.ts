import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import type { Ending } from '../../core/domain/deciding/decision.ts';
import { closedCases, openCases, unfolded } from '../scenarios/account-history.ts';
import { writtenIn } from '../scenarios/invariants/requests.ts';
import { minute } from '../scenarios/responder-account.ts';
import { memoryLosses } from './breaches.ts';
import { responderSettings } from './setting.ts';
import type { World } from './world.ts';

/** A row of the outbox that is going to be tried. */
interface Pending {
  /** `<case id>#<version>` */
  readonly noticeId: string;
  readonly channel: string;
}

interface Channel {
  readonly name: 'sns' | 'slack';
  /** Each message, and what it said before it was edited, on one line. */
  readonly texts: readonly string[];
}

/** What was to be told by now, is not going to be, and was not: announcements (I9) and endings (I10). */
export function untoldIn(world: World, pending: readonly Pending[]): readonly string[] {
  const channels = channelsOf(world);
  const cases: readonly Case[] = [...openCases(world.responder), ...closedCases(world.responder)];
  const missingOn = (one: Case, isTold: (text: string) => boolean, isPending: (row: Pending) => boolean) =>
    channels
      .filter(({ name, texts }) => {
        const isWaiting = pending.some((row) => row.channel === name && isPending(row));
        return !isWaiting && !texts.some((text) => speaksOf(one, cases, text) && isTold(text));
      })
      .map(({ name }) => name);
  const announced = openCases(world.responder)
    .filter(({ state }) => state === 'announced')
    .map((one) => ({
      ...one,
      missing: missingOn(
        one,
        () => true,
        ({ noticeId }) => noticeId.startsWith(`${one.id}#`),
      ),
    }))
    .filter(({ missing }) => missing.length === channels.length)
    .map(({ id, volumeId }) => `I9: ${id} of ${volumeId} is announced, and nobody was told`);
  const ended = closedCases(world.responder)
    .filter((one) => isToBeTold(world, one) && !isForgotten(world, one))
    .flatMap((one) =>
      missingOn(
        one,
        (text) => tellsEnd(text, one),
        ({ noticeId }) => noticeId === `${one.id}#${one.version}`,
      ).map((name) => `I10: ${one.id} of ${one.volumeId} ended ${one.ending}, and ${name} was not told`),
    );
  return [...announced, ...ended];
}

type Case = OpenCase | Closed;

function channelsOf({ responder, setting }: World): readonly Channel[] {
  const { account, deployed, slackChannelId } = responder;
  const { publications } = account.topics.get(deployed.stack.outputs['NoticeTopicArn']);
  const sns = publications.map(({ subject = '', message }) => unfolded(`${subject} ${message}`));
  const slack = account.slackWorkspace
    .messages(slackChannelId)
    .flatMap((message) => [...message.earlier, message])
    .map(({ text, blocks }) => unfolded(`${text} ${JSON.stringify(blocks).replaceAll('\\n', ' ')}`));
  const { slack: isOnSlack } = responderSettings[setting.props];
  return [
    { name: 'sns', texts: sns },
    ...(isOnSlack === undefined ? [] : [{ name: 'slack', texts: slack } as const]),
  ];
}

/** A message names its case; one about several disks, or a disk that has had several, names incident or volume instead. */
function speaksOf({ id, incident, volumeId }: Case, all: readonly Case[], text: string): boolean {
  if (text.includes(id)) return true;
  const others = all.filter((one) => incident !== undefined && one.incident === incident && one.id !== id);
  const ofVolume = others.filter((one) => one.volumeId === volumeId);
  if (ofVolume.some((one) => text.includes(one.id))) return true;
  return others.length > 0 && text.includes(String(incident)) && text.includes(volumeId);
}

/** A watch that nobody heard of ends as silently; whatever was announced or asked of AWS does not. */
const isToBeTold = ({ responder }: World, { id, told, incident }: Closed): boolean =>
  told !== undefined ||
  incident !== undefined ||
  writtenIn(responder).some(
    ({ error, item }) =>
      error === undefined &&
      item['caseId']?.S === id &&
      item['kind']?.S === 'case' &&
      heard.has(item['state']?.S ?? ''),
  );

const heard: ReadonlySet<string> = new Set<OpenCase['state']>([
  'announced',
  'upgrading',
  'bridged',
  'returning',
]);

/** A restore takes at most this long. */
const restoring = 5 * minute;

/** Of what was begun before a loss or a restore, rows and messages may belong to a table that is no more. */
const isForgotten = (world: World, { openedAt }: Closed): boolean =>
  memoryLosses(world).some((at) => openedAt - CLOCK_ERROR <= at + restoring);

/** The hour on a case is by the clock of respond. */
const CLOCK_ERROR = 15 * minute;

/** By a message about its one disk, which says that the case is over, by a line of news, or by its row in a table. */
const tellsEnd = (text: string, { ending, volumeId }: Closed): boolean =>
  (ends[ending].title.test(text) && /this case is closed/i.test(text)) ||
  text.includes(ends[ending].line) ||
  text.includes(`${volumeId} - - ${ending}`);

/** In words of our own: what the product renders is what is judged. */
const ends: { readonly [Each in Ending]: { readonly title: RegExp; readonly line: string } } = {
  averted: { title: /before throttling/, line: 'CLOSED, AVERTED' },
  relieved: { title: /is fast again|latency as usual/, line: 'CLOSED, RELIEVED' },
  unproved: { title: /effect could not be measured/, line: 'CLOSED, EFFECT UNKNOWN' },
  'not-relieved': { title: /still slow after its move/, line: 'CLOSED, NOT RELIEVED' },
  failed: { title: /could not be moved/, line: 'CLOSED, FAILED' },
  'put-back': { title: /is back on/, line: 'BACK ON' },
  recovered: { title: /has recovered|readable again/, line: 'RECOVERED' },
  silent: { title: /published nothing for a day/, line: 'CLOSED, SILENT' },
  gone: { title: /was deleted/, line: 'CLOSED, DELETED' },
  detached: { title: /was detached/, line: 'CLOSED, DETACHED' },
  'cannot-run-out': { title: /can no longer run out/, line: 'CLOSED. The volume can no longer' },
  yielded: { title: /changed by somebody else/, line: 'CLOSED, LEFT TO OTHERS' },
};
