import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOf } from './counts.ts';
import { live } from './history.ts';
import { bothMet, type Met, metIn, nothingMet } from './met.ts';
import { drainedVolume, rescue } from './rescue.ts';
import { type Setting, settings, settingsOfReturns, settingsOfSilence, settingsOfSlots } from './setting.ts';
import { type Step, stepsOfSlots } from './step.ts';

/** What three settings of a kind meet with the same steps. */
async function metBy(settings: fc.Arbitrary<Setting>, steps: readonly Step[]): Promise<Met> {
  let met = nothingMet;
  for (const setting of fc.sample(settings, { seed: 4, numRuns: 3 }))
    met = bothMet(met, metIn(await live({ setting, steps })));
  return met;
}

const later = (minutes: number): Step => ({ kind: 'live', minutes });
const grown: Step = { kind: 'grow', volume: 0, by: 1 };
const noSlot: Step = {
  kind: 'fail call',
  operation: 'ModifyVolume',
  error: 'VolumeModificationRateExceeded',
  times: 5,
};

describe('what few histories would meet is met where it was weighed in', () => {
  test('two modifications that AWS gave up are ours, and with a person’s one slot is left', async () => {
    const ours = await metBy(settingsOfSlots, [later(21), later(21)]);
    expect(ours.refusals['our-slots-used']).toBeGreaterThan(0);
    const ofAll = await metBy(settingsOfSlots, [later(21), grown, later(21)]);
    expect(ofAll.refusals['slots-used']).toBeGreaterThan(0);
  });

  test('AWS knows of more modifications than we do', async () => {
    const { refusals } = await metBy(settingsOfSlots, [noSlot, later(21)]);
    expect(refusals['aws-slots-used']).toBeGreaterThan(0);
  });

  test('such a volume is grown by a person, and such a refusal drawn', () => {
    const drawn = countOf(
      fc.sample(stepsOfSlots, { seed: 1, numRuns: 200 }).map((step) => JSON.stringify(step)),
    );
    expect(drawn[JSON.stringify(grown)]).toBeGreaterThan(0);
    expect(drawn[JSON.stringify(noSlot)]).toBeGreaterThan(0);
  });

  test.each([
    ['kubernetes', 'kubernetes-owned'],
    ['managed', 'managed'],
    ['small instance', 'instance-bottleneck'],
    ['initialising', 'volume-initialising'],
  ] as const)('a volume is not moved for what hinders it: %s', async (hindrance, refusal) => {
    const volume = { ...drainedVolume, latencyCritical: hindrance === 'initialising', hindrance };
    const setting = { ...rescue.setting, volumes: [volume], profiled: true };
    const { refusals, acts } = metIn(await live({ setting, steps: [later(90)] }));
    expect(refusals[refusal]).toBeGreaterThan(0);
    expect(Object.values(acts).every((count) => count === 0)).toBe(true);
  });

  test('every hindrance is drawn, and most volumes have none', () => {
    const drawn = fc.sample(settings, { seed: 1, numRuns: 200 }).flatMap(({ volumes }) => volumes);
    const counted = countOf(drawn.map(({ hindrance }) => String(hindrance)));
    expect(Object.keys(counted)).toHaveLength(5);
    expect(counted['null']).toBeGreaterThan(0.8 * drawn.length);
  });

  test('a case ends in silence', async () => {
    const { endings } = await metBy(settingsOfSilence, [later(1_600)]);
    expect(endings['silent']).toBeGreaterThan(0);
  });

  test('bridges go back to st1 and sc1', async () => {
    const { acts } = await metBy(settingsOfReturns, [later(1_600)]);
    const returned = Object.keys(acts).filter((name) => name.startsWith('return ') && acts[name] !== 0);
    expect(new Set(returned.map((name) => name.split(' → ')[1]))).toEqual(new Set(['gp2', 'st1', 'sc1']));
  });
});
