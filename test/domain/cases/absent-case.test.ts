import { describe, expect, test } from 'vitest';
import { absentCase } from '../../../core/domain/cases/absent-case.ts';
import { progressed } from '../../../core/domain/cases/case-transitions.ts';
import { minutes } from '../../../core/domain/units.ts';
import { announced, bridged, intended, returning, upgrading, watching } from '../some-case.ts';
import { ago, ahead } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

describe('a case whose volume EC2 does not describe', () => {
  test.each([intended(), upgrading(), bridged(), returning()])(
    'is kept at first and looked at again in a minute: $state',
    (held) => {
      const { dueAt: _due, version: _version, ...kept } = held;
      expect(absentCase(held, noon)).toEqual({
        next: { ...kept, version: held.version + 1, dueAt: ahead(minutes(1)), absentSince: noon },
        said: undefined,
        ledger: { kind: 'none' },
      });
    },
  );

  test.each([intended(), upgrading(), bridged(), returning()])(
    'ends when it has stayed absent for five minutes, no sooner: $state',
    (held) => {
      const since = (absentSince: typeof noon) => absentCase({ ...held, absentSince }, noon).next;
      expect(since(ago(minutes(4.99)))).toMatchObject({ state: held.state, absentSince: ago(minutes(4.99)) });
      expect(since(ago(minutes(5)))).toMatchObject({ state: 'closed', ending: 'gone' });
    },
  );

  test.each([watching(), announced()])('ends at once where nothing was asked of AWS: $state', (held) => {
    expect(absentCase(held, noon).next).toMatchObject({ state: 'closed', ending: 'gone' });
  });

  test('counts from anew once the volume was seen again', () => {
    const progress = { modification: 'optimizing', percent: 5, verdict: { kind: 'too-early' } } as const;
    const seen = progressed(
      upgrading({ absentSince: ago(minutes(4)) }),
      { kind: 'await', reason: { code: 'modification-running' }, progress, dueAt: noon },
      noon,
    );
    expect(seen.next).toMatchObject({ state: 'upgrading', absentSince: undefined });
  });
});
