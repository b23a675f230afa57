import { diffAlarms, planAlarms } from '../credits/alarm-plan.ts';
import type { RegionalQuotas } from '../deciding/situation.ts';
import type { Policy } from '../policy.ts';
import { before, type Instant, minutes } from '../units.ts';
import type { Volume } from '../volume.ts';
import { volumePolicyOf } from '../volume-policy.ts';
import { type Answer, answersOf, finding, nothingThere, orElse, unknown, unseen } from './answer.ts';
import { counted, some } from './check-memory.ts';
import type { DeploymentFacts } from './facts.ts';
import { amountText, limitText, quotaSubject, quotasOf } from './quota-text.ts';
import { anyIopsByDemand, type TightQuota, tightQuotas } from './tight-quotas.ts';

/** A census every 15 minutes finds what attached since the one before; a busy one takes some minutes to write. */
const youngest = minutes(20);

interface Seen {
  readonly volumes: readonly Volume[];
  readonly policy: Policy;
}

/** Both are needed, or the check is unknown. */
function withVolumes(
  subject: string,
  { volumes, policy }: DeploymentFacts,
  judge: (seen: Seen) => readonly Answer[],
): readonly Answer[] {
  if (policy.kind === 'unread') return [unknown(subject, 'the policy is not known; see configuration')];
  return answersOf(subject, volumes, {
    absent: nothingThere(subject),
    seen: (all) => judge({ volumes: all, policy: policy.value }),
  });
}

export const checkAlarms = (facts: DeploymentFacts): readonly Answer[] =>
  withVolumes('alarms', facts, ({ volumes, policy }) => {
    if (facts.alarms.kind === 'unseen') return [unseen('alarms', facts.alarms)];
    const actual = facts.alarms.kind === 'seen' ? facts.alarms.value : [];
    const { desired, unwatched } = planAlarms(volumes, policy, facts.stack.id, facts.now);
    const diff = diffAlarms(desired, actual, facts.stack.id);
    const young = new Set(volumes.filter((volume) => isYoung(volume, facts.now)).map(({ id }) => id));
    const late = diff.put.filter(({ volumeId }) => !young.has(volumeId)).map(({ volumeId }) => volumeId);
    const over = unwatched.filter(({ why }) => why === 'over-max-alarms').map(({ volumeId }) => volumeId);
    const trouble = [
      ...lateTrouble(late, facts),
      ...(diff.foreign.length === 0 ? [] : [foreignTrouble(diff.foreign)]),
      ...(over.length === 0 ? [] : [overTrouble(over, policy)]),
    ];
    const stale =
      diff.delete.length === 0
        ? ''
        : `; ${counted(diff.delete.length, 'alarm')} more than needed, for the next census to delete`;
    return orElse(
      trouble,
      `${counted(diff.keep, 'alarm')} in step with ${counted(volumes.length, 'volume')}${stale}`,
    );
  });

const isYoung = ({ createdAt, attachment }: Volume, now: Instant): boolean =>
  createdAt > before(now, youngest) ||
  (attachment.kind === 'attached' && attachment.since > before(now, youngest));

function lateTrouble(ids: readonly string[], { census }: DeploymentFacts): readonly Answer[] {
  if (ids.length === 0) return [];
  const isBackfill =
    census.kind === 'seen' && census.value.kind === 'read' && census.value.value.backfill === 'running';
  const words = isBackfill
    ? `the first alarms are still being written, two a second: ask again in ${Math.ceil(ids.length / 120) + 1} min`
    : 'the next census writes them, within 15 min; if it does not, the log of keep-alarms says why';
  return [
    finding(
      'alarms',
      `${counted(ids.length, 'volume')} without an alarm, or with an outdated one: ${some(ids)}`,
      'one on every volume that can run out',
      { words },
    ),
  ];
}

const foreignTrouble = (names: readonly string[]) =>
  finding(
    'alarms',
    `${counted(names.length, 'alarm')} under our names that this deployment did not make: ${some(names)}`,
    'none: the volume behind such a name is not watched, as we never touch what is not ours',
    {
      words:
        'of a deployment that is there, uninstall one of the two; of one that is gone, uninstall --plan names those to delete; any other delete or make again under another name. The next census writes ours',
    },
  );

const overTrouble = (ids: readonly string[], { maxAlarms }: Policy) =>
  finding(
    'alarms',
    `${counted(ids.length, 'volume')} over maxAlarms (${maxAlarms}), not watched: ${some(ids)}`,
    'room for every volume that can run out',
    { words: 'raise maxAlarms and deploy; each alarm costs about $0.10 a month' },
  );

export const checkTags = (facts: DeploymentFacts): readonly Answer[] =>
  withVolumes('tags', facts, ({ volumes, policy }) => {
    const invalid = volumes.flatMap((volume) =>
      volumePolicyOf(policy, volume.tags).invalidTags.map(({ key, got, expected }) =>
        finding(`tag ${key} of ${volume.id}`, `"${got}"`, expected, {
          words: 'correct the tag; until then the volume is only told about, never moved',
        }),
      ),
    );
    const { tagKey, values } = policy.act;
    const consenting = volumes.filter(({ tags }) => values.includes(tags[tagKey] ?? ''));
    const inVain =
      policy.mode === 'act' || consenting.length === 0
        ? []
        : [
            finding(
              'tags',
              `${counted(consenting.length, 'volume')} consent by ${tagKey}: ${some(consenting.map(({ id }) => id))}`,
              `none while the stack is in mode ${policy.mode}, in which nothing is moved`,
              { words: 'deploy with mode act if they are to be moved, or take the tag off' },
            ),
          ];
    const saw =
      policy.mode === 'act'
        ? `${counted(consenting.length, 'volume')} may be moved, by ${tagKey}`
        : `no volume expects more than mode ${policy.mode}`;
    return orElse([...invalid, ...inVain], saw);
  });

/** From here on a storm may not find room for all it moves. */
const nearlyFull = 0.9;

export const checkQuotas = (facts: DeploymentFacts): readonly Answer[] =>
  answersOf('quotas', facts.quotas, {
    absent: nothingThere('quotas'),
    seen: (quotas) => {
      const forMoves = answersForMoves(quotas, facts);
      const trouble = [...fullTrouble(quotas, facts), ...forMoves.filter(({ kind }) => kind !== 'ok')];
      return trouble.length > 0 ? trouble : forMoves;
    },
  });

const fullTrouble = ({ provisioned }: RegionalQuotas, { stack }: DeploymentFacts): readonly Answer[] =>
  Object.values(provisioned)
    .flatMap(quotasOf)
    .filter(({ used, limit }) => used >= nearlyFull * limit)
    .map((quota) =>
      finding(
        quotaSubject(quota),
        `${amountText(quota.used, quota)} of ${limitText(quota)} used`,
        `under ${nearlyFull * 100} %: a move that does not fit is refused`,
        { words: moreFor(stack) },
      ),
    );

/** What is being modified at this moment is no standing state; what a storm would not have room for is. */
const answersForMoves = (quotas: RegionalQuotas, facts: DeploymentFacts): readonly Answer[] =>
  withVolumes('quotas on modifications', facts, (seen) => {
    const movable = { ...seen, now: facts.now };
    const uncounted = anyIopsByDemand(movable) ? '; IOPS that are sized by demand are not counted' : '';
    return orElse(
      tightQuotas(quotas, movable).map((tight) => tightFinding(tight, facts)),
      `room in this Region for gp3, io1 and io2, and for all upgrades that may begin in an hour${uncounted}`,
    );
  });

const tightFinding = ({ quota, moves, needed, largest }: TightQuota, { stack }: DeploymentFacts) =>
  finding(
    quotaSubject(quota),
    `${limitText(quota)} at once; ${moves === 1 ? 'the largest move takes' : `the ${moves} largest moves of an hour take`} ${amountText(needed, quota)}`,
    'room for as many moves as the blast radius lets begin in an hour: one too many is refused',
    { words: largest > quota.limit ? moreFor(stack) : `${moreFor(stack)}, or lower blastRadius` },
  );

const moreFor = ({ region }: DeploymentFacts['stack']): string =>
  `ask for more in the Service Quotas console of ${region}, Amazon Elastic Block Store`;
