import { describe, expect, test } from 'vitest';
import { holds } from '../../../twin/dynamodb/evaluate-condition.ts';
import { parseCondition } from '../../../twin/dynamodb/parse-condition.ts';
import { Placeholders } from '../../../twin/dynamodb/placeholders.ts';

const ITEM = {
  kind: { S: 'watching' },
  spend: { N: '9' },
  tags: { M: { team: { S: 'storage' } } },
  entries: { L: [{ N: '1' }, { S: 'two' }] },
  channels: { SS: ['sns', 'slack'] },
  flag: { BOOL: true },
  empty: { NULL: true as const },
};
const VALUES = {
  ':watching': { S: 'watching' },
  ':watch': { S: 'watch' },
  ':10': { N: '10' },
  ':9': { N: '9.0' },
  ':8': { N: '8' },
  ':text': { S: '9' },
  ':two': { S: 'two' },
  ':sns': { S: 'sns' },
  ':true': { BOOL: true },
};

const parsed = (text: string) =>
  parseCondition(text, 'ConditionExpression', new Placeholders({ '#state': 'kind' }, VALUES));
const evaluate = (text: string) => holds(parsed(text), ITEM);

describe('a condition', () => {
  test.each([
    '#state = :watching',
    'spend = :9',
    'spend < :10',
    'spend <= :9 AND spend >= :9',
    'spend > :8',
    'spend <> :text',
    'absent <> :9',
    'spend BETWEEN :8 AND :10',
    'kind IN (:two, :watching)',
    'attribute_exists(tags.team)',
    'attribute_not_exists(tags.purpose)',
    'begins_with(kind, :watch)',
    'contains(kind, :watch)',
    'contains(channels, :sns)',
    'contains(entries, :two)',
    'entries[1] = :two',
    'size(kind) < :9',
    'size(channels) < :10 and size(entries) < :8',
    'flag = :true',
    'NOT spend = :8',
    'spend = :8 OR spend = :9 AND flag = :true',
    '(spend = :8 OR spend = :9) AND NOT (flag <> :true)',
  ])('holds: %s', (text) => expect(evaluate(text)).toBe(true));

  test.each([
    '#state = :watch',
    'spend = :text',
    'spend < :9',
    'absent = :9',
    'absent < :9',
    'spend < :text',
    'spend BETWEEN :10 AND :10',
    'kind IN (:two, :watch)',
    'attribute_exists(tags.purpose)',
    'attribute_exists(entries[2])',
    'attribute_not_exists(kind)',
    'begins_with(spend, :watch)',
    'contains(channels, :two)',
    'size(spend) > :8',
    'size(absent) = :9',
    'spend = :9 AND NOT flag = :true',
    '(spend = :8 OR spend = :9) AND flag <> :true',
  ])('does not hold: %s', (text) => expect(evaluate(text)).toBe(false));

  test.each([
    ['spend = ', 'Syntax error; token: "<EOF>", near: "="'],
    ['spend == :9', 'Syntax error; token: "=", near: "= = :9"'],
    ['spend = :9 flag = :true', 'Syntax error; token: "flag", near: ":9 flag ="'],
    ['spend ! :9', 'Syntax error; token: "!", near: "! :9"'],
    ['((spend = :9))', 'The expression has redundant parentheses;'],
    ['exists(spend)', 'Invalid function name; function: exists'],
    ['name = :9', 'Attribute name is a reserved keyword; reserved keyword: name'],
    [
      'begins_with(kind, :9)',
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'flag > :true',
      'Incorrect operand type for operator or function; operator or function: >, operand type: BOOL',
    ],
    [
      'spend BETWEEN :10 AND :8',
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {"N":"10"}, upper bound operand: AttributeValue: {"N":"8"}',
    ],
  ])('is not accepted: %s', (text, message) => {
    expect(() => parsed(text)).toThrow(`Invalid ConditionExpression: ${message}`);
  });
});
