import type { Announced, Case, OpenCase, Upgrading } from '../../core/domain/cases/case.ts';
import type { Ending, Verdict } from '../../core/domain/deciding/decision.ts';
import type { Instant } from '../../core/domain/units.ts';

/** Where a case stands, in few words; the same words for as long as nothing about it changed. */
export interface Standing {
  readonly words: string;
  readonly tone: 'needed' | 'warned' | 'moving' | 'quiet' | 'ended';
  /** Since when. */
  readonly since: Instant;
}

/** As the case knows it: a modification's own per cent are not in it. */
export function standingOf(one: OpenCase): Standing {
  switch (one.state) {
    case 'watching':
      return { words: 'watching', tone: 'quiet', since: one.openedAt };
    case 'announced':
      return announced(one);
    case 'intended': {
      const words = one.bridge === undefined ? 'asking AWS to move it' : 'asking AWS to go back';
      return { words, tone: 'moving', since: one.intendedAt };
    }
    case 'upgrading':
      return upgrading(one);
    case 'bridged':
      return { words: `bridged on ${one.bridge.plan.to.type}`, tone: 'moving', since: one.bridge.since };
    case 'returning':
      return { words: `going back to ${one.plan.to.type}`, tone: 'moving', since: one.acceptedAt };
  }
}

function announced({ told }: Announced): Standing {
  if (told.easedAt !== undefined) return { words: 'eased, watching', tone: 'quiet', since: told.easedAt };
  return told.what === 'needed'
    ? { words: 'YOU ARE NEEDED', tone: 'needed', since: told.at }
    : { words: 'warned, not moved', tone: 'warned', since: told.at };
}

const verdictWords: Readonly<Record<Verdict['kind'], string | undefined>> = {
  'too-early': undefined,
  averted: 'averted',
  relieved: 'relieved',
  'not-relieved': undefined,
  unknown: 'unproved',
};

function upgrading({ plan, acceptedAt, completedAt, verdict }: Upgrading): Standing {
  if (verdict.kind === 'not-relieved')
    return { words: `STILL SLOW on ${plan.to.type}`, tone: 'needed', since: acceptedAt };
  const doing = `${completedAt === undefined ? 'moving' : 'moved'} to ${plan.to.type}`;
  const felt = verdictWords[verdict.kind];
  return {
    words: felt === undefined ? doing : `${doing}, ${felt}`,
    tone: 'moving',
    since: acceptedAt,
  };
}

/** As last predicted; of a case that acted, as it was when it did. */
export function wallOf(one: Case): Instant | undefined {
  switch (one.state) {
    case 'announced':
      return one.lastSeen?.wall;
    case 'intended':
    case 'upgrading':
      return one.predictedWall;
    default:
      return undefined;
  }
}

export const endingWords: Readonly<Record<Ending, string>> = {
  averted: 'over: averted',
  relieved: 'over: relieved',
  'not-relieved': 'over: not relieved',
  unproved: 'over: moved, not proved',
  failed: 'over: it failed',
  'put-back': 'over: put back',
  recovered: 'over: recovered',
  silent: 'over: gone silent',
  gone: 'over: volume is gone',
  detached: 'over: detached',
  'cannot-run-out': 'over: can no longer run out',
  yielded: 'over: others changed it',
};
