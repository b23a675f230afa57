import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../../core/domain/deciding/decision.ts';
import type { Guard, GuardInput } from '../../../../core/domain/deciding/guards/guard.ts';
import { firstVeto } from '../../../../core/domain/deciding/guards.ts';
import type { Situation } from '../../../../core/domain/deciding/situation.ts';
import type { VolumePolicy } from '../../../../core/domain/policy.ts';
import type { AwsRefusal, Refusal } from '../../../../core/domain/reasons.ts';
import type { Volume } from '../../../../core/domain/volume.ts';
import { consent, fix, policyFor, someSituation } from '../../some-situation.ts';
import { someVolume } from '../../some-volume.ts';

/** How a situation in which acting is allowed is changed; the volume keeps its consent. */
export interface Given {
  readonly situation?: Partial<Omit<Situation, 'volume'>>;
  readonly volume?: Parameters<typeof someVolume>[0];
  readonly policy?: Partial<VolumePolicy>;
  readonly plan?: Plan;
}

export function inputOf({ situation = {}, volume, policy = {}, plan = fix() }: Given): GuardInput {
  const tags: Volume['tags'] = { ...consent, ...volume?.tags };
  const full = someSituation({ ...situation, volume: someVolume({ ...volume, tags }) });
  return { situation: full, policy: { ...policyFor(full), ...policy }, plan };
}

interface Row {
  readonly refuses: string;
  readonly given: Given;
  readonly with: Refusal | AwsRefusal;
  /** The nearest situation in which nothing stands against the plan. */
  readonly butNot: string;
  readonly twin: Given;
}

/** Asks the whole list, so that a guard that is missing from it shows. */
export function vetoes(guard: Guard, rows: readonly Row[]): void {
  describe(`guard "${guard.name}"`, () => {
    test('gives the codes it names and no other', () => {
      expect(new Set(rows.map((row) => row.with.code))).toEqual(new Set(guard.codes));
    });

    for (const row of rows) {
      test(`refuses ${row.refuses}`, () => {
        expect(firstVeto(inputOf(row.given))).toStrictEqual(row.with);
      });

      test(`does not refuse ${row.butNot}`, () => {
        expect(firstVeto(inputOf(row.twin))).toBeUndefined();
      });
    }
  });
}
