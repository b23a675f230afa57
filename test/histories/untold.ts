import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import { closedCases, openCases } from '../scenarios/account-history.ts';
import { acceptedOf, restoring } from '../scenarios/invariants/caps.ts';
import { askedOf, intentBehind, intentsOf, writtenIn } from '../scenarios/invariants/requests.ts';
import { memoryLosses } from './breaches.ts';
import { channelsOf, sceneOf, speaksOf, type Text, tellsEnd } from './tellings.ts';
import { CLOCK_ERROR } from './unended.ts';
import type { World } from './world.ts';

/** A row of the outbox that is going to be tried. */
interface Pending {
  /** `<case id>#<version>` */
  readonly noticeId: string;
  readonly channel: string;
}

/** What was to be told by now, is not going to be, and was not: announcements, calls for help and moves (I9), and endings (I10). */
export function untoldIn(world: World, pending: readonly Pending[]): readonly string[] {
  const channels = channelsOf(world);
  const scene = sceneOf(world);
  const missingOn = (isTold: (text: Text) => boolean, isPending: (row: Pending) => boolean) =>
    channels
      .filter(({ name, texts }) => {
        const isWaiting = pending.some((row) => row.channel === name && isPending(row));
        return !isWaiting && !texts.some(isTold);
      })
      .map(({ name }) => name);
  const announced = openCases(world.responder)
    .filter(({ state }) => state === 'announced')
    .map((one) => ({
      ...one,
      missing: missingOn(
        (text) => speaksOf(one, scene, text),
        ({ noticeId }) => noticeId.startsWith(`${one.id}#`),
      ),
    }))
    .filter(({ missing }) => missing.length === channels.length)
    .map(({ id, volumeId }) => `I9: ${id} of ${volumeId} is announced, and nobody was told`);
  const ended = closedCases(world.responder)
    .filter((one) => isToBeTold(world, one) && !isForgotten(world, one))
    .flatMap((one) =>
      missingOn(
        (text) => tellsEnd(one, scene, text),
        ({ noticeId }) => noticeId === `${one.id}#${one.version}`,
      ).map((name) => `I10: ${one.id} of ${one.volumeId} ended ${one.ending}, and ${name} was not told`),
    );
  const due = [...callsIn(world), ...movesIn(world)]
    .filter(({ one }) => !isOfLostTable(world, one))
    .flatMap(({ one, at, what }) =>
      missingOn(
        (text) => text.at >= at && speaksOf(one, scene, text),
        ({ noticeId }) => noticeId.startsWith(`${one.id}#`),
      ).map((name) => `I9: ${one.id} of ${one.volumeId} ${what}, and ${name} was not told`),
    );
  return [...announced, ...due, ...ended];
}

/** Something of a case that a person is to hear of, and since when. */
interface News {
  readonly one: OpenCase | Closed;
  readonly at: number;
  readonly what: string;
}

/** Cases in which a person is needed, or once was: what was told may have been written by a call that lost its reply. */
function callsIn({ responder }: World): readonly News[] {
  const tried = new Map<string, number>();
  const written = new Set<string>();
  for (const { at, error, item } of writtenIn(responder)) {
    const id = item['caseId']?.S;
    if (id === undefined || item['kind']?.S !== 'case') continue;
    const { told } = JSON.parse(item['body']?.S ?? '{}') as { readonly told?: { readonly what?: string } };
    if (told?.what !== 'needed') continue;
    if (!tried.has(id)) tried.set(id, at);
    if (error === undefined) written.add(id);
  }
  return allCases(responder).flatMap((one) => {
    const at = tried.get(one.id);
    return at === undefined || !written.has(one.id) ? [] : [{ one, at, what: 'needs a person' }];
  });
}

/** Each modification of ours that AWS accepted, the way back included. */
function movesIn({ responder, setting }: World): readonly News[] {
  const intents = intentsOf(responder);
  const cases = allCases(responder);
  return acceptedOf(responder, askedOf(responder, setting.describeLag * 1_000)).flatMap((asked) => {
    const id = intentBehind(asked, intents)?.held.id;
    const one = cases.find((each) => each.id === id);
    return one === undefined ? [] : [{ one, at: asked.at, what: 'was moved' }];
  });
}

const allCases = (responder: World['responder']): readonly (OpenCase | Closed)[] => [
  ...openCases(responder),
  ...closedCases(responder),
];

/** A watch that nobody heard of ends as silently; whatever was announced or asked of AWS does not. */
const isToBeTold = (world: World, { id, told, incident }: Closed): boolean =>
  told !== undefined ||
  incident !== undefined ||
  movesIn(world).some(({ one }) => one.id === id) ||
  writtenIn(world.responder).some(
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

/** Of what was begun before a loss or a restore, by the clock of respond, rows and messages may belong to a table that is no more. */
const isOfLostTable = (world: World, { openedAt }: Closed | OpenCase): boolean =>
  memoryLosses(world).some((at) => openedAt - CLOCK_ERROR <= at + restoring);

/** An end that was written after it is in the table that is there. */
const isForgotten = (world: World, { openedAt, closedAt }: Closed): boolean =>
  memoryLosses(world).some(
    (at) => openedAt - CLOCK_ERROR <= at + restoring && closedAt - CLOCK_ERROR <= at + restoring,
  );
