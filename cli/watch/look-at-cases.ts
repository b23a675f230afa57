import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { type Instant, instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import type { DeploymentPorts } from '../commands/deployment-access.ts';
import { noticesOf } from '../commands/incident-notices.ts';
import { harmless } from '../render/harmless.ts';
import { endingWords, type Standing, standingOf, wallOf } from './standing.ts';

/** One case as it was at a look. */
export interface SeenCase {
  readonly id: string;
  readonly volumeId: VolumeId;
  /** Tag Name, else the volume id; harmless to a terminal. */
  readonly name: string;
  readonly incident: string | undefined;
  readonly openedAt: Instant;
  readonly standing: Standing;
  readonly wall: Instant | undefined;
  /** `undefined` of a case that is over. */
  readonly dueAt: Instant | undefined;
  /** When its next word comes at the latest. */
  readonly nextWordAt: Instant | undefined;
}

export interface Look {
  readonly open: readonly SeenCase[];
  /** Those of `known` that are over. */
  readonly ended: readonly SeenCase[];
}

/** The last instant there is: every case is due before it. */
const ever = instant(8.64e15);

/** What the table says of the cases: no metric, and nothing else that is billed by the read. */
export async function lookAtCases(
  known: readonly SeenCase[],
  ports: Pick<DeploymentPorts, 'cases' | 'outbox'>,
  now: () => Instant,
): Promise<Look> {
  const found = await ports.cases.openCases(await ports.cases.due(ever));
  const open = [...found.values()];
  const ids = new Set(open.map(({ id }) => id));
  const over = known.filter(({ id }) => !ids.has(id));
  const told = await noticesOf([...open, ...over], ports);
  return {
    open: open.map((one) => seen(one, told.get(one.id)?.at(-1)?.nextNewsAt)),
    ended: over.map((one) => ended(one, told.get(one.id) ?? [], now())),
  };
}

const seen = (one: OpenCase, nextWordAt: Instant | undefined): SeenCase => ({
  id: one.id,
  volumeId: one.volumeId,
  name: harmless(one.subject.name),
  incident: one.incident,
  openedAt: one.openedAt,
  standing: standingOf(one),
  wall: wallOf(one),
  dueAt: one.dueAt,
  nextWordAt,
});

/** A case of which nobody was told says nothing when it closes. */
function ended(one: SeenCase, told: readonly CaseNotice[], now: Instant): SeenCase {
  const last = told.findLast(({ said }) => said.kind === 'ended');
  const words = last?.said.kind === 'ended' ? endingWords[last.said.ending] : 'over, without a word';
  const standing = { words, tone: 'ended' as const, since: last?.at ?? now };
  return { ...one, standing, wall: undefined, dueAt: undefined, nextWordAt: undefined };
}
