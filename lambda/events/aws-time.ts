import * as v from 'valibot';
import { instant } from '../../core/domain/units.ts';

/** CloudWatch writes `2026-11-22T17:04:40.989+0000` (no colon), other services end in `Z`. */
export const awsTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/, 'expected an ISO 8601 time'),
  v.transform((text) => Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))),
  v.finite('expected a time that exists'),
  v.transform(instant),
);
