import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import { closedCases, openCases } from '../scenarios/account-history.ts';
import { restoring } from '../scenarios/invariants/caps.ts';
import { writtenIn } from '../scenarios/invariants/requests.ts';
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

/** What was to be told by now, is not going to be, and was not: announcements (I9) and endings (I10). */
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
  return [...announced, ...ended];
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

/** Of what was begun before a loss or a restore, by the clock of respond, rows and messages may belong to a table that is no more. */
const isForgotten = (world: World, { openedAt }: Closed): boolean =>
  memoryLosses(world).some((at) => openedAt - CLOCK_ERROR <= at + restoring);
