import * as v from 'valibot';
import type { Policy } from '../../core/domain/policy.ts';
import { type Duration, dollars, iops } from '../../core/domain/units.ts';

const atLeast = (least: number) => v.pipe(v.number(), v.finite(), v.minValue(least));
const duration = v.pipe(
  atLeast(0),
  v.transform((milliseconds) => milliseconds as Duration),
);

const policy = v.strictObject({
  mode: v.picklist(['off', 'notify', 'act']),
  target: v.picklist(['auto', 'gp3', 'io2', 'io1']),
  fixedIops: v.optional(v.pipe(atLeast(100), v.transform(iops))),
  leadTime: duration,
  detectionLag: duration,
  maxAlarms: v.pipe(atLeast(0), v.integer()),
  act: v.strictObject({
    tagKey: v.pipe(v.string(), v.nonEmpty()),
    values: v.pipe(v.array(v.string()), v.minLength(1)),
  }),
  caps: v.strictObject({
    maxMonthlyIncrease: v.pipe(atLeast(0), v.transform(dollars)),
    blastRadius: v.strictObject({ volumes: atLeast(0), percentOfWatched: atLeast(0) }),
  }),
});

/** The policy as it travels from the construct to a function: JSON in one variable, durations in milliseconds. */
export const policyText = v.pipe(
  v.string('expected the policy as JSON, got none'),
  v.parseJson(),
  policy,
  v.transform((parsed): Policy => ({ ...parsed, fixedIops: parsed.fixedIops })),
);

export const encodePolicy = (value: Policy): string => JSON.stringify(value);
