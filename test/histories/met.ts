import type { Purpose } from '../../core/domain/deciding/decision.ts';
import { guards } from '../../core/domain/deciding/guards.ts';
import type { Refusal } from '../../core/domain/reasons.ts';
import { ending } from '../../lambda/adapters/stored-values.ts';
import { acceptedOf } from '../scenarios/invariants/caps.ts';
import { askedOf, intentBehind, intentsOf, writtenIn } from '../scenarios/invariants/requests.ts';
import { type Counts, countOf, sumOf } from './counts.ts';
import type { World } from './world.ts';

/** What the checks can only judge where it was met; what never was is counted as 0, so that it shows. */
export interface Met {
  /** Cases that recorded or told of each refusal. */
  readonly refusals: Counts;
  /** Cases closed, by how. */
  readonly endings: Counts;
  /** Modifications of ours that AWS accepted, e.g. `fix gp2 → gp3`. */
  readonly acts: Counts;
}

/** What a cap refused as a sum, not because one act alone was too much. */
const OVER_SUM = 'over-budget with something committed';
const OVER_SEVERAL = 'over-blast-radius with a limit above 1';

const purposes: readonly (readonly [Purpose, source: string, target: string])[] = [
  ['fix', 'gp2', 'gp3'],
  ...['gp2', 'st1', 'sc1'].flatMap((type) =>
    (type === 'gp2' ? ['io1', 'io2'] : ['gp3', 'io1', 'io2']).flatMap((target) => [
      ['bridge', type, target] as const,
      ['return', target, type] as const,
    ]),
  ),
  ...['gp2', 'st1', 'sc1'].flatMap((type) => ['io1', 'io2'].map((target) => ['keep', type, target] as const)),
];

/** What no guard says: where no target fits, or at the last moment. */
const afterGuards = ['no-fitting-target', 'switched-off', 'state-untagged'] as const;

const zeros = (names: readonly string[]): Counts => Object.fromEntries(names.map((name) => [name, 0]));

export const nothingMet: Met = {
  refusals: zeros([...guards.flatMap(({ codes }) => codes), ...afterGuards, OVER_SUM, OVER_SEVERAL]),
  endings: zeros(ending.options),
  acts: zeros(purposes.map(([purpose, source, target]) => `${purpose} ${source} → ${target}`)),
};

/** In a history that has ended; of the table, what it took, lost since or not. */
export function metIn({ responder, setting }: World): Met {
  const taken = writtenIn(responder).filter(({ error }) => error === undefined);
  const refusals = new Set(
    taken.flatMap(({ item }) => {
      const body = JSON.parse(item['body']?.S ?? '{}') as Refusing;
      const id = item['caseId']?.S ?? body.caseId;
      return refusalsIn(body)
        .flatMap(namesOf)
        .map((name) => `${id} ${name}`);
    }),
  );
  const closed = taken.filter(({ item }) => item['kind']?.S === 'closed-case');
  const intents = intentsOf(responder);
  const acts = acceptedOf(responder, askedOf(responder, setting.describeLag * 1_000)).flatMap((one) => {
    const plan = intentBehind(one, intents)?.held.plan;
    return plan === undefined ? [] : [`${plan.purpose} ${plan.from.type} → ${plan.to.type}`];
  });
  return bothMet(nothingMet, {
    refusals: countOf([...refusals].map((name) => name.slice(name.indexOf(' ') + 1))),
    endings: countOf(closed.map(({ item }) => (JSON.parse(item['body']?.S ?? '{}') as Ended).ending)),
    acts: countOf(acts),
  });
}

export const bothMet = (one: Met, other: Met): Met => ({
  refusals: sumOf(one.refusals, other.refusals),
  endings: sumOf(one.endings, other.endings),
  acts: sumOf(one.acts, other.acts),
});

/** What a case, a notice or a silent step has of refusals. */
interface Refusing {
  readonly caseId?: string;
  readonly refusals?: readonly Refusal[];
  readonly reason?: Refusal;
  readonly said?: { readonly refusals?: readonly Refusal[]; readonly reason?: Refusal };
}

interface Ended {
  readonly ending: string;
}

/** Grounds are reasons as well, and none of these. */
const refusalsIn = ({ refusals = [], reason, said }: Refusing): readonly Refusal[] => {
  const all = [
    ...refusals,
    ...(said?.refusals ?? []),
    ...[reason, said?.reason].filter((one) => one !== undefined),
  ];
  return all.filter(({ code }) => code in nothingMet.refusals || code.startsWith('aws-'));
};

function namesOf(refusal: Refusal): readonly string[] {
  const isSum = refusal.code === 'over-budget' && refusal.committed > 0;
  const isOfSeveral = refusal.code === 'over-blast-radius' && refusal.limit > 1;
  return [refusal.code, ...(isSum ? [OVER_SUM] : []), ...(isOfSeveral ? [OVER_SEVERAL] : [])];
}
