import type { Decision } from '../domain/deciding/decision.ts';

interface Decided {
  readonly decision: Decision;
}

/** Earliest wall first: when a cap is reached, those that were helped are those that needed it most. */
export const inOrderOfUrgency = <One extends Decided>(decided: readonly One[]): readonly One[] =>
  [...decided].sort((a, b) => wallOf(a.decision) - wallOf(b.decision));

function wallOf(decision: Decision): number {
  if (!('forecast' in decision)) return Number.POSITIVE_INFINITY;
  const { forecast } = decision;
  if (forecast.kind === 'at-wall') return 0;
  return forecast.kind === 'draining' ? forecast.wall.likely : Number.POSITIVE_INFINITY;
}
