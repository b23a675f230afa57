import { describe, expect, test } from 'vitest';
import { caseIds } from '../../../lambda/wiring/case-ids.ts';

const counting = () => {
  let count = 0;
  return caseIds(() => {
    count += 1;
    return `id-${count}`;
  });
};

describe('the name of a case', () => {
  test('can be read aloud at night and written down right', () => {
    const ids = counting();
    for (let index = 0; index < 500; index += 1) {
      const [ofCase, ofIncident] = [ids.caseId(), ids.incidentId()];
      expect(ofCase).toMatch(/^EB-[0-9A-Z]{8}$/);
      expect(ofIncident).toMatch(/^IN-[0-9A-Z]{8}$/);
      expect(`${ofCase} ${ofIncident}`.replaceAll(/EB-|IN-/g, '')).not.toMatch(/I|L|O|U/);
    }
  });

  test('is never given twice for different identifiers', () => {
    const ids = counting();
    expect(new Set(Array.from({ length: 5_000 }, () => ids.caseId())).size).toBe(5_000);
  });

  test('uses every letter, so that it has the forty bits it claims', () => {
    const ids = counting();
    const letters = new Set(Array.from({ length: 500 }, () => ids.caseId().slice(3)).join(''));
    expect(letters.size).toBe(32);
  });
});
