import { describe, expect, test } from 'vitest';
import { type AlarmRule, evaluate, type MissingData } from '../../../twin/cloudwatch/alarm-evaluation.ts';

const rule = (datapointsToAlarm: number, treatMissingData: MissingData): AlarmRule => ({
  evaluationPeriods: 3,
  datapointsToAlarm,
  threshold: 20,
  comparison: 'LessThanThreshold',
  treatMissingData,
});

/** `0` is within the threshold, `X` breaches it, `-` is missing; the newest is on the right. */
const datapoints = (row: string): (number | undefined)[] =>
  row.split(' ').map((mark) => ({ '0': 50, X: 10, '-': undefined })[mark]);

type States = [missing: string, ignore: string, breaching: string, notBreaching: string];

// The two tables of "Configuring how CloudWatch alarms treat missing data", CloudWatch user guide.
describe('3 of 3 datapoints, evaluation range 5', () => {
  test.each<[string, States]>([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'retain', 'ALARM', 'OK']],
  ])('%s', (row, states) => {
    expect(verdicts(row, 3)).toEqual(states);
  });

  test.each(['- - - - X', '- - - X -'])('%s is not yet an alarm', (row) => {
    expect(verdicts(row, 3)[0]).toBe('OK');
  });
});

describe('2 of 3 datapoints, evaluation range 5', () => {
  test.each<[string, States]>([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'retain', 'ALARM', 'OK']],
  ])('%s', (row, states) => {
    expect(verdicts(row, 2)).toEqual(states);
  });
});

const verdicts = (row: string, datapointsToAlarm: number): string[] =>
  (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map((treatment) =>
    evaluate(datapoints(row), rule(datapointsToAlarm, treatment)),
  );
