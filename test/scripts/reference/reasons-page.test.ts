import { describe, expect, test } from 'vitest';
import { guards } from '../../../core/domain/deciding/guards.ts';
import { reasonCodes } from '../../../core/domain/reason-texts.ts';
import { modifyVolumeErrorCodes } from '../../../lambda/adapters/aws-errors.ts';
import { guardsPage } from '../../../scripts/reference/guards-page.ts';
import { reasonsPage } from '../../../scripts/reference/reasons-page.ts';

describe('the page of reasons', () => {
  test('has every code once', () => {
    const page = reasonsPage.render();
    for (const code of reasonCodes) expect(page.split(`\n| \`${code}\` |`)).toHaveLength(2);
  });

  test('has every error code of ModifyVolume that we classify', () => {
    const page = reasonsPage.render();
    expect(modifyVolumeErrorCodes).toContain('VolumeModificationRateExceeded');
    for (const code of modifyVolumeErrorCodes) expect(page).toContain(`\n| \`${code}\` |`);
  });
});

test('the page of guards has every guard in its order, with what it refuses with', () => {
  const page = guardsPage.render();
  const places = guards.map(({ name }, index) => page.indexOf(`\n| ${index + 1} | ${name} | \``));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});
