import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guards } from '../../../core/domain/deciding/guards.ts';
import { reasonCodes } from '../../../core/domain/reason-texts.ts';
import { modifyVolumeErrorCodes } from '../../../scripts/reference/aws-error-codes.ts';
import { guardsPage } from '../../../scripts/reference/guards-page.ts';
import { reasonsPage } from '../../../scripts/reference/reasons-page.ts';

const source = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'lambda', 'adapters', 'aws-errors.ts'),
  'utf8',
);

/** Codes that other calls answer with; ModifyVolume never does. */
const ofOtherCalls = [
  'ParameterNotFound',
  'ResourceNotFoundException',
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
];

describe('the page of reasons', () => {
  test('has every code once', () => {
    const page = reasonsPage.render();
    for (const code of reasonCodes) expect(page.split(`\n| \`${code}\` |`)).toHaveLength(2);
  });

  test('has every error code that we classify', () => {
    const classified = [...source.matchAll(/'([A-Z][A-Za-z]+(?:\.[A-Za-z]+)?)'/g)].map(([, code]) => code);
    const known = [...modifyVolumeErrorCodes, ...ofOtherCalls];
    expect(new Set(classified)).toEqual(new Set(known));
  });
});

test('the page of guards has every guard in its order, with what it refuses with', () => {
  const page = guardsPage.render();
  const places = guards.map(({ name }, index) => page.indexOf(`\n| ${index + 1} | ${name} | \``));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});
