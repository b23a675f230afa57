import { createHash } from 'node:crypto';
import type { IdSource } from '../../core/application/ports.ts';

/** Crockford's base 32: no I, L, O or U, so that an id read aloud at night is written down right. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // cspell:disable-line
const length = 8;

/** Forty bits of a fresh identifier: of a million cases in a table's life, two share a name once in two. */
export const caseIds = (newId: () => string): IdSource => ({
  caseId: () => `EB-${shortName(newId())}`,
  incidentId: () => `IN-${shortName(newId())}`,
});

const shortName = (id: string): string =>
  [...createHash('sha256').update(id).digest().subarray(0, length)]
    .map((byte) => letters[byte % letters.length])
    .join('');
