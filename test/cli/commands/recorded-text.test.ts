import { expect, test } from 'vitest';
import { sheetOf } from '../../../cli/commands/explain-text.ts';
import { recordedUpTo } from '../../../cli/commands/recorded-case.ts';
import { recordedText } from '../../../cli/commands/recorded-text.ts';
import { paint } from '../../../cli/render/paint.ts';
import type { Closed } from '../../../core/domain/cases/case.ts';
import { after, before, hours, minutes } from '../../../core/domain/units.ts';
import { somePlace, watching } from '../../domain/some-case.ts';
import { noon, someVolume } from '../../domain/some-volume.ts';

/** A case that lasted an hour, and of which only its end is left. */
function closedCase(name: string, hoursAgo: number, id: string): Closed {
  const common = watching();
  return {
    ...common,
    id,
    subject: { ...common.subject, name },
    state: 'closed',
    ending: 'recovered',
    openedAt: before(noon, hours(hoursAgo + 1)),
    closedAt: before(noon, hours(hoursAgo)),
    stays: undefined,
  };
}

const textOf = (ages: readonly number[], name: string = someVolume().id): string => {
  const cases = ages.map((age, index) =>
    recordedUpTo(noon, { case: closedCase(name, age, `EB-0000000${index}`), notices: [], silent: [] }),
  );
  const recorded = { ...somePlace, volumeId: someVolume().id, until: noon, cases };
  return recordedText(recorded, sheetOf(paint(false), undefined));
};

test('the cases of the last 24 hours are told whole, and those before in a line each', () => {
  expect(
    textOf([100, 30, 20, 2]),
  ).toBe(`vol-0123456789abcdef0 in 111122223333 us-east-1, as recorded up to 2026-11-22 12:00 UTC

EB-00000000, opened 2026-11-18 07:00 UTC, closed 2026-11-18 08:00 UTC: recovered; 1 step
EB-00000001, opened 2026-11-21 05:00 UTC, closed 2026-11-21 06:00 UTC: recovered; 1 step

EB-00000002, opened 2026-11-21 15:00 UTC, closed 2026-11-21 16:00 UTC: recovered
  2026-11-21 16:00:00 UTC  closed the case, told nobody

EB-00000003, opened 09:00 UTC, closed 10:00 UTC: recovered
  10:00:00 UTC  closed the case, told nobody
`);
});

test('the newest is told whole, however long ago it was', () => {
  expect(textOf([200, 100])).toContain('  2026-11-18 08:00:00 UTC  closed the case, told nobody\n');
});

test('of more than five before only their number is told', () => {
  const text = textOf([90, 80, 70, 60, 50, 40, 30, 1]);
  expect(text).toContain('\nCases before these: 2, which --json has as well.\nEB-00000002, ');
  expect(text).not.toContain('EB-00000001');
  expect(textOf([70, 60, 50, 40, 30, 1])).not.toContain('Cases before these');
});

test('a name that would write to the terminal does not', () => {
  expect(textOf([1], 'db\u001b[2J')).toMatch(/^vol-0123456789abcdef0 \(db \[2J\) in /);
});

test('what was recorded ends with the time that was asked for', () => {
  const file = { case: closedCase('db', 1, 'EB-1'), notices: [], silent: [] };
  const { closedAt } = file.case;
  expect(recordedUpTo(closedAt, file)).toMatchObject({ steps: [{ at: closedAt }], laterSteps: 0 });
  expect(recordedUpTo(before(closedAt, minutes(1)), file)).toMatchObject({ steps: [], laterSteps: 1 });
  expect(recordedUpTo(after(closedAt, minutes(1)), file).laterSteps).toBe(0);
});
