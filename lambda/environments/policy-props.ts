import * as v from 'valibot';
import type { Policy } from '../../core/domain/policy.ts';
import { modeTagKey } from '../../core/domain/tag-keys.ts';
import { dollars, iops, minutes } from '../../core/domain/units.ts';

/** A message is the second half of an error line, `expected …; what to do`; the key and what was got go before it. */
export const matching = <T>(message: string, accepts: (input: unknown) => boolean) =>
  v.custom<T>(accepts, message);

const oneOf = <const T extends string>(choices: readonly T[], fallback: T) =>
  matching<T>(`expected one of ${choices.join(', ')}; remove it for ${fallback}`, (input) =>
    choices.some((choice) => choice === input),
  );

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
  readonly fallback: string;
}

function number({ least, most, whole = false, fallback }: Range) {
  const kind = whole ? 'a whole number' : 'a number';
  return matching<number>(
    `expected ${kind} from ${least} to ${most}; remove it for ${fallback}`,
    (input) =>
      typeof input === 'number' && input >= least && input <= most && (!whole || Number.isInteger(input)),
  );
}

export const text = (pattern: RegExp, what: string) =>
  matching<string>(`expected ${what}`, (input) => typeof input === 'string' && pattern.test(input));

export const list = (what: string): string => `expected a list of ${what}; remove it for none`;

/** Tag limits: EC2 user guide, "tag restrictions" (key 128 characters, value 256). */
const selector = v.strictObject({
  tagKey: v.optional(text(/^.{1,128}$/, 'a tag key of 1 to 128 characters; remove it for ebs-burst:mode')),
  values: v.optional(
    v.pipe(
      v.array(
        text(/^.{1,256}$/, 'a tag value of 1 to 256 characters; name what people set'),
        list('tag values'),
      ),
      v.maxLength(20, 'expected at most 20 tag values, all of which travel in every policy; shorten it'),
      v.minLength(1, 'expected at least one tag value, an empty selector selects nothing; remove it for act'),
    ),
  ),
});

/** What people write about the policy, as props of the construct or in a file for `ebs-burst`. */
export const policyEntries = {
  mode: v.optional(oneOf(['off', 'notify', 'act'], 'notify')),
  target: v.optional(oneOf(['auto', 'gp3', 'io2', 'io1'], 'auto')),
  fixedIops: v.optional(
    matching<number>(
      "expected a whole number of IOPS; remove it for the demand profile's",
      (input) => Number.isInteger(input) && Number(input) > 0,
    ),
  ),
  leadTimeMinutes: v.optional(number({ least: 1, most: 100_000, fallback: '15' })),
  // The alarm's own period is 5 minutes, so nothing is ever seen sooner.
  detectionLagMinutes: v.optional(number({ least: 5, most: 60, fallback: '10' })),
  maxAlarms: v.optional(number({ least: 0, most: 100_000, whole: true, fallback: '1000' })),
  act: v.optional(selector),
  maxMonthlyIncrease: v.optional(number({ least: 0, most: 1_000_000, fallback: '100' })),
  blastRadius: v.optional(
    v.strictObject({
      volumes: v.optional(number({ least: 0, most: 10_000, whole: true, fallback: '10' })),
      percentOfWatched: v.optional(number({ least: 0, most: 100, fallback: '5' })),
    }),
  ),
};

export const policyProps = v.strictObject(policyEntries);

type PolicyProps = v.InferOutput<typeof policyProps>;

export const policyDefaults = {
  mode: 'notify',
  target: 'auto',
  leadTimeMinutes: 15,
  detectionLagMinutes: 10,
  maxAlarms: 1_000,
  act: { tagKey: modeTagKey, values: ['act'] },
  maxMonthlyIncrease: 100,
  blastRadius: { volumes: 10, percentOfWatched: 5 },
} as const satisfies PolicyProps;

/** With every default merged. */
export function completePolicy(given: PolicyProps): Policy {
  return {
    mode: given.mode ?? policyDefaults.mode,
    target: given.target ?? policyDefaults.target,
    fixedIops: given.fixedIops === undefined ? undefined : iops(given.fixedIops),
    leadTime: minutes(given.leadTimeMinutes ?? policyDefaults.leadTimeMinutes),
    detectionLag: minutes(given.detectionLagMinutes ?? policyDefaults.detectionLagMinutes),
    maxAlarms: given.maxAlarms ?? policyDefaults.maxAlarms,
    act: {
      tagKey: given.act?.tagKey ?? policyDefaults.act.tagKey,
      values: given.act?.values ?? policyDefaults.act.values,
    },
    caps: {
      maxMonthlyIncrease: dollars(given.maxMonthlyIncrease ?? policyDefaults.maxMonthlyIncrease),
      blastRadius: {
        volumes: given.blastRadius?.volumes ?? policyDefaults.blastRadius.volumes,
        percentOfWatched: given.blastRadius?.percentOfWatched ?? policyDefaults.blastRadius.percentOfWatched,
      },
    },
  };
}
