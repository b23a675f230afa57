import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../cli/demo/trace-file.ts';

const SECONDS = 'second,read_ops,write_ops,read_bytes,write_bytes';
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const metricData = (...results: readonly object[]): string =>
  JSON.stringify({ MetricDataResults: results }, null, 2);
const TIMES = ['2026-11-01T00:05:00+00:00', '2026-11-01T00:00:00+00:00'];

describe('a file of I/O per second', () => {
  it('is read line by line, a missing second counting as no load', () => {
    const trace = readTrace(lines(SECONDS, '10,1,2,4096,8192', '12,0,4,0,16384'));
    expect(trace).toEqual({
      format: 'I/O per second',
      steps: [
        { second: 0, readOperations: 1, writeOperations: 2, readBytes: 4_096, writeBytes: 8_192 },
        { second: 1, readOperations: 0, writeOperations: 0, readBytes: 0, writeBytes: 0 },
        { second: 2, readOperations: 0, writeOperations: 4, readBytes: 0, writeBytes: 16_384 },
      ],
      seconds: 3,
      notes: ['seconds without a line, which count as no load: 1'],
    });
  });

  it('does not mind a byte-order mark, Windows line ends and empty lines at the end', () => {
    expect(readTrace(`\uFEFF${SECONDS}\r\n0,0,1,0,512\r\n\r\n`).seconds).toBe(1);
  });
});

describe('a file of bytes per period', () => {
  it('becomes writes of the stated size, spread over the usual spacing of its times', () => {
    const trace = readTrace(
      lines(
        'timestamp,value',
        '2014-03-01 17:30:00,4915200',
        '2014-03-01 17:35:00,0',
        '2014-03-01 17:40:00,0',
      ),
      8_192,
    );
    expect(trace.steps[0]).toEqual({
      second: 0,
      readOperations: 0,
      writeOperations: 2,
      readBytes: 0,
      writeBytes: 16_384,
    });
    expect(trace.seconds).toBe(900);
    expect(trace.notes).toEqual(['bytes per 300 s became writes of 8 KiB (--io-size), spread evenly']);
  });

  it('keeps the last of lines with the same time, and takes a gap for no load', () => {
    const trace = readTrace(
      lines(
        'timestamp,value',
        '2014-03-01 17:30:00,1',
        '2014-03-01 17:30:00,300',
        '2014-03-01 17:35:00,300',
        '2014-03-01 17:40:00,300',
        '2014-03-01 18:40:00,300',
      ),
    );
    expect(trace.steps.map(({ second, writeBytes }) => [second, writeBytes])).toEqual([
      [0, 1],
      [300, 1],
      [600, 1],
      [900, 0],
      [4_200, 1],
    ]);
    expect(trace.notes.slice(1)).toEqual([
      'lines that repeat a time, of which the last counts: 1',
      'gaps between times, which count as no load: 1',
    ]);
  });
});

describe('the JSON of get-metric-data', () => {
  it('is read newest first or last, by label or id, naming what it leaves out', () => {
    const trace = readTrace(
      metricData(
        { Id: 'm1', Label: 'vol-0a1b2c3d VolumeReadOps', Timestamps: TIMES, Values: [600, 300] },
        { Id: 'writebytes', Label: 'x', Timestamps: TIMES, Values: [0, 4_915_200] },
        { Id: 'm3', Label: 'BurstBalance', Timestamps: TIMES, Values: [90, 95], StatusCode: 'Complete' },
      ),
    );
    expect(trace.steps).toEqual([
      { second: 0, readOperations: 1, writeOperations: 1, readBytes: 16_384, writeBytes: 16_384 },
      { second: 300, readOperations: 2, writeOperations: 0, readBytes: 32_768, writeBytes: 0 },
    ]);
    expect(trace.notes).toEqual([
      'sums per 300 s of VolumeReadOps, VolumeWriteBytes, spread evenly',
      'what is missing was taken as I/Os of 16 KiB (--io-size)',
      'left out: BurstBalance',
    ]);
  });
});

describe('a malformed file is refused with where, what was got, what was expected and what to do:', () => {
  const EXPORT_AGAIN = 'save what aws cloudwatch get-metric-data --output json prints, unchanged';
  const CASES: readonly (readonly [name: string, text: string, message: string])[] = [
    [
      'an empty file',
      '',
      `line 1: got nothing, expected "${SECONDS}", "timestamp,value" or the JSON of aws cloudwatch get-metric-data; make it the first line, or see --trace in --help`,
    ],
    [
      'another header',
      'time;iops\n',
      `line 1: got "time;iops", expected "${SECONDS}", "timestamp,value" or the JSON of aws cloudwatch get-metric-data; make it the first line, or see --trace in --help`,
    ],
    [
      'a header alone',
      lines(SECONDS),
      `line 2: got the end of the file, expected a line of ${SECONDS}; add the load below the header`,
    ],
    [
      'a field too few',
      lines(SECONDS, '0,1,2,3,4', '1,1,2,3'),
      `line 3: got "1,1,2,3", expected 5 fields (${SECONDS}); correct the line or remove it`,
    ],
    [
      'words for numbers',
      lines(SECONDS, '0,many,2,3,4'),
      'line 2, read_ops: got "many", expected a number of at least 0; correct the field or remove the line',
    ],
    [
      'an empty field',
      lines(SECONDS, '0,,2,3,4'),
      'line 2, read_ops: got nothing, expected a number of at least 0; correct the field or remove the line',
    ],
    [
      'a negative',
      lines(SECONDS, '0,1,-2,3,4'),
      'line 2, write_ops: got "-2", expected a number of at least 0; correct the field or remove the line',
    ],
    [
      'infinity',
      lines(SECONDS, '0,1,2,3,Infinity'),
      'line 2, write_bytes: got "Infinity", expected a number of at least 0; correct the field or remove the line',
    ],
    [
      'half a second',
      lines(SECONDS, '0.5,1,2,3,4'),
      'line 2, second: got "0.5", expected a whole second; sum the load of each second into one line',
    ],
    [
      'a second again',
      lines(SECONDS, '0,1,2,3,4', '0,1,2,3,4'),
      'line 3, second: got "0", expected 1 or later; sort the file and keep one line a second',
    ],
    [
      'a time that is none',
      lines('timestamp,value', '2014-13-01 00:00:00,1'),
      'line 2, timestamp: got "2014-13-01 00:00:00", expected a time in UTC such as 2014-03-01 17:34:00; write every time in that form',
    ],
    [
      'a time in another form',
      lines('timestamp,value', '1.3.2014,1'),
      'line 2, timestamp: got "1.3.2014", expected a time in UTC such as 2014-03-01 17:34:00; write every time in that form',
    ],
    [
      'times out of order',
      lines('timestamp,value', '2014-03-01 00:05:00,1', '2014-03-01 00:00:00,1'),
      'line 3, timestamp: got "2014-03-01 00:00:00", expected a time not before the line above; sort the file by time',
    ],
    [
      'one time only',
      lines('timestamp,value', '2014-03-01 00:05:00,1'),
      'line 3: got the end of the file, expected at least two times; take a longer recording',
    ],
    ['broken JSON', '{\n  "MetricDataResults": [\n}', `line 3: got "}", expected JSON; ${EXPORT_AGAIN}`],
    [
      'JSON that ends early',
      '{\n  "MetricDataResults": [',
      `line 2: got ""MetricDataResults": [", expected JSON; ${EXPORT_AGAIN}`,
    ],
    [
      'other JSON',
      '[1]',
      `MetricDataResults: got nothing, expected an object with MetricDataResults; ${EXPORT_AGAIN}`,
    ],
    ['no results', metricData(), `MetricDataResults: got 0, expected at least one result; ${EXPORT_AGAIN}`],
    [
      'no list of values',
      metricData({ Id: 'a', Label: 'VolumeReadOps', Timestamps: TIMES }),
      `MetricDataResults[0].Values: got nothing, expected a result with Id, Label, Timestamps and Values; ${EXPORT_AGAIN}`,
    ],
    [
      'a value that is text',
      metricData({ Id: 'a', Label: 'VolumeReadOps', Timestamps: TIMES, Values: [1, 'x'] }),
      `MetricDataResults[0].Values[1]: got "x", expected a number of at least 0; ${EXPORT_AGAIN}`,
    ],
    [
      'a time that is none in JSON',
      metricData({ Id: 'a', Label: 'VolumeReadOps', Timestamps: ['soon'], Values: [1] }),
      `MetricDataResults[0].Timestamps[0]: got "soon", expected a time such as 2026-11-01T00:00:00+00:00; ${EXPORT_AGAIN}`,
    ],
    [
      'fewer values than times',
      metricData({ Id: 'a', Label: 'VolumeReadOps', Timestamps: TIMES, Values: [1] }),
      `MetricDataResults[0]: got 2 timestamps and 1 values, expected as many values as timestamps; ${EXPORT_AGAIN}`,
    ],
    [
      'two volumes',
      metricData(
        { Id: 'a', Label: 'VolumeReadOps', Timestamps: TIMES, Values: [1, 1] },
        { Id: 'b', Label: 'VolumeReadOps', Timestamps: TIMES, Values: [1, 1] },
      ),
      'MetricDataResults[1]: got VolumeReadOps again, expected the metrics of one volume; ask for each metric once',
    ],
    [
      'no metric of load',
      metricData({ Id: 'a', Label: 'BurstBalance', Timestamps: TIMES, Values: [1, 1] }),
      'MetricDataResults: got BurstBalance, expected any of VolumeReadOps, VolumeWriteOps, VolumeReadBytes, VolumeWriteBytes; ask for their Sum',
    ],
    [
      'a single time in JSON',
      metricData({ Id: 'a', Label: 'VolumeReadOps', Timestamps: [TIMES[0]], Values: [1] }),
      'MetricDataResults: got 1 time, expected at least two, to know the period; ask for a longer time',
    ],
  ];
  it.each(CASES)('%s', (_name, text, message) => {
    expect(() => readTrace(text)).toThrow(expect.objectContaining({ name: 'TraceError', message }));
  });
});

const shared = join(import.meta.dirname, '../../../../shared/traces');
const SHARED = [
  { file: 'cloudphysics-vm-first-hour-1s.csv', seconds: 3_600, operations: 55_918 },
  { file: 'nab-ec2-disk-write-bytes-1ef3de-5min.csv', seconds: 1_419_000, operations: undefined },
  { file: 'nab-ec2-network-in-257a54-5min.csv', seconds: 1_210_200, operations: undefined },
];

describe('the recorded traces', () => {
  it.for(SHARED)('$file is read whole', ({ file, seconds, operations }, { skip }) => {
    const path = join(shared, file);
    skip(!existsSync(path), `${path} is not there; it is not part of a clone`);
    const trace = readTrace(readFileSync(path, 'utf8'));
    expect(trace.seconds).toBe(seconds);
    if (operations === undefined) return;
    const total = trace.steps.reduce((sum, step) => sum + step.readOperations + step.writeOperations, 0);
    expect(Math.round(total)).toBe(operations);
  });
});
