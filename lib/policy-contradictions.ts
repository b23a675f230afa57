import { achievableLead } from '../core/domain/credits/alarm-plan.ts';
import { creditBucketOf } from '../core/domain/credits/credit-bucket.ts';
import type { Policy } from '../core/domain/policy.ts';
import { modeTagKey, stateTagPrefix } from '../core/domain/tag-keys.ts';
import { gibibytes, inMinutes, minutes } from '../core/domain/units.ts';
import { gp2, provisioned } from '../core/domain/volume-limits.ts';
import { fault } from './fault.ts';
import type { ShapedProps } from './props-schema.ts';

/** One way in which parts of a configuration that are right alone cannot be meant together. */
type Contradiction = (given: ShapedProps, policy: Policy) => string | readonly string[] | undefined;

/** Every contradiction found, as lines; none means the configuration can be meant. */
export const contradictionsIn = (given: ShapedProps, policy: Policy): readonly string[] =>
  contradictions.flatMap((contradiction) => contradiction(given, policy) ?? []);

const actOnlyPropsWithoutAct: Contradiction = (given, { mode }) => {
  if (mode === 'act') return undefined;
  const actOnly = (['act', 'maxMonthlyIncrease', 'blastRadius'] as const).filter(
    (key) => given[key] !== undefined,
  );
  return actOnly.map((key) =>
    fault(key, given[key], `expected none with mode ${mode}, which never acts; set mode to act or remove it`),
  );
};

/** IAM compares tag keys in conditions without regard to case, so a selector that differs only there is ours too. */
const selectorWeMayWrite: Contradiction = (_, { act }) =>
  act.tagKey.toLowerCase().startsWith(stateTagPrefix)
    ? fault(
        'act.tagKey',
        act.tagKey,
        `expected a key outside ${stateTagPrefix}*, which the responder itself may write and so could consent for you; choose another, e.g. ${modeTagKey}`,
      )
    : undefined;

const consentThatSaysNo: Contradiction = (_, { act }) => {
  const no = act.values.filter(
    (value) => act.tagKey === modeTagKey && (value === 'off' || value === 'notify'),
  );
  return no.map((value) =>
    fault(
      'act.values',
      value,
      `expected no value of ${modeTagKey} that forbids acting; remove it or choose another tagKey`,
    ),
  );
};

const fixedIopsWithoutFixedTarget: Contradiction = ({ fixedIops }, { target }) =>
  fixedIops !== undefined && target !== 'io1' && target !== 'io2'
    ? fault(
        'fixedIops',
        fixedIops,
        `expected none with target ${target}; set target to io1 or io2, or remove it`,
      )
    : undefined;

const fixedIopsOutOfLimits: Contradiction = ({ fixedIops }, { target }) => {
  if (fixedIops === undefined || (target !== 'io1' && target !== 'io2')) return undefined;
  const { leastIops, mostIops } = provisioned[target];
  if (fixedIops >= leastIops && fixedIops <= mostIops) return undefined;
  return fault(
    'fixedIops',
    fixedIops,
    `expected ${leastIops} to ${mostIops}, what ${target} takes; change it`,
  );
};

/** The largest gp2 that still bursts drains slowest, so no volume type can promise a longer lead. */
const leadTimeNobodyCanKeep: Contradiction = (_, policy) => {
  const slowest = gibibytes(Math.ceil(gp2.burst / gp2.iopsPerGibibyte) - 1);
  const bucket = creditBucketOf({ configuration: { type: 'gp2' }, size: slowest });
  if (bucket === undefined) return undefined;
  const longest = achievableLead(bucket, { ...policy, leadTime: minutes(Number.MAX_SAFE_INTEGER / 60_000) });
  if (policy.leadTime <= longest) return undefined;
  return fault(
    'leadTimeMinutes',
    inMinutes(policy.leadTime),
    `expected at most ${Math.floor(inMinutes(longest))}, what the slowest gp2 (${slowest} GiB) achieves with a detection lag of ${inMinutes(policy.detectionLag)} minutes; lower it`,
  );
};

const nothingToWakeUs: Contradiction = (_, { mode, maxAlarms }) =>
  mode !== 'off' && maxAlarms === 0
    ? fault(
        'maxAlarms',
        0,
        `expected at least 1 with mode ${mode}, which only an alarm wakes; raise it or set mode to off`,
      )
    : undefined;

const actingOnNothing: Contradiction = (_, { mode, caps }) => {
  if (mode !== 'act') return undefined;
  const empty = (['volumes', 'percentOfWatched'] as const).filter((key) => caps.blastRadius[key] === 0);
  return empty.map((key) =>
    fault(`blastRadius.${key}`, 0, 'expected more than 0 with mode act; raise it or set mode to notify'),
  );
};

const slackTwiceOrNever: Contradiction = ({ slack }) => {
  if (slack === undefined) return undefined;
  const { channel, tokenParameter, webhookParameter } = slack;
  if ((tokenParameter === undefined) === (webhookParameter === undefined)) {
    return fault(
      'slack',
      slack,
      'expected either tokenParameter (with channel) or webhookParameter; keep one of the two',
    );
  }
  if (tokenParameter !== undefined && channel === undefined) {
    return fault('slack.channel', channel, 'expected a channel id beside tokenParameter; add it');
  }
  return webhookParameter !== undefined && channel !== undefined
    ? fault(
        'slack.channel',
        channel,
        'expected none beside webhookParameter, whose URL names its channel; remove it',
      )
    : undefined;
};

const contradictions: readonly Contradiction[] = [
  actOnlyPropsWithoutAct,
  selectorWeMayWrite,
  consentThatSaysNo,
  fixedIopsWithoutFixedTarget,
  fixedIopsOutOfLimits,
  leadTimeNobodyCanKeep,
  nothingToWakeUs,
  actingOnNothing,
  slackTwiceOrNever,
];
