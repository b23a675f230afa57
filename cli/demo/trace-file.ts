import { readMetricDataJson } from './traces/metric-data-json.ts';
import { PER_SECOND_HEADER, readPerSecondCsv } from './traces/per-second-csv.ts';
import { quoted, type Trace, TraceError } from './traces/trace.ts';
import { readValueCsv, VALUE_HEADER } from './traces/value-csv.ts';

/** What bytes are divided by where a file does not count I/Os: what AWS reckons with for SSD (ebs-io-characteristics). */
const DEFAULT_IO_BYTES = 16_384;

/**
 * Reads real load. Which of the three formats it is follows from the first line.
 * @throws TraceError saying where, what was got, what was expected and what to do.
 */
export function readTrace(text: string, ioBytes: number = DEFAULT_IO_BYTES): Trace {
  const content = text.replace(/^\uFEFF/, '');
  const first = (content.split(/\r?\n/, 1)[0] ?? '').trim();
  if (first === PER_SECOND_HEADER) return readPerSecondCsv(content);
  if (first === VALUE_HEADER) return readValueCsv(content, ioBytes);
  if (/^[{[]/.test(content.trimStart())) return readMetricDataJson(content, ioBytes);
  throw new TraceError(
    'line 1',
    quoted(first),
    `"${PER_SECOND_HEADER}", "${VALUE_HEADER}" or the JSON of aws cloudwatch get-metric-data`,
    'make it the first line, or see --trace in --help',
  );
}
