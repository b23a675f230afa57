import { expect, test } from 'vitest';
import { optionLines } from '../../../cli/commands/command-options.ts';
import { usageText } from '../../../cli/commands/usage-text.ts';

const exitCodes = { 0: 'all is read', 1: 'something is missing', 2: 'an option is wrong' };

test('lays out every part, and what does not fit goes on under where it began', () => {
  const text = usageText({
    usage: ['burst look [options]', 'burst look --demo'],
    about: [
      'Looks at every volume that can run out of burst credits, one after the other.',
      'Changes nothing.',
    ],
    options: {
      profile: ['NAME', 'profile of the AWS configuration (AWS_PROFILE, or the default one)'],
      demo: ['', 'without AWS'],
    },
    notes: {
      'reads with': 'cloudformation:DescribeStacks; dynamodb:BatchGetItem, GetItem and Query. Never writes.',
      order: 'none.',
    },
    exitCodes: {
      ...exitCodes,
      1: 'something is missing, and the lines on standard error say what and why it is',
    },
  });
  expect(text).toBe(`usage: burst look [options]
       burst look --demo

Looks at every volume that can run out of burst credits, one after the other.
Changes nothing.

  --profile NAME   profile of the AWS configuration (AWS_PROFILE, or the default
                   one)
  --demo           without AWS

reads with: cloudformation:DescribeStacks; dynamodb:BatchGetItem, GetItem and
            Query. Never writes.

order: none.

exit code: 0 all is read,
           1 something is missing, and the lines on standard error say what and
             why it is,
           2 an option is wrong
`);
});

test('leaves no room for notes where there are none', () => {
  const options = { demo: ['', 'without AWS'] } as const;
  const text = usageText({ usage: ['burst look'], about: ['Looks.'], options, exitCodes });
  expect(text).toContain('  --demo           without AWS\n\nexit code: 0 all is read,\n');
});

test('all options begin in one column, after the longest of them', () => {
  const help = { 'publication-delay': ['MIN', 'minutes until it is shown'], json: ['', 'as JSON'] } as const;
  expect(optionLines(help, 80)).toEqual([
    '  --publication-delay MIN  minutes until it is shown',
    '  --json                   as JSON',
  ]);
});

test.each([
  [80, ['  --days N         how far back']],
  [28, ['  --days N         how far', '                   back']],
])('an option is broken where %i columns end, and not before', (columns, lines) => {
  expect(optionLines({ days: ['N', 'how far back'] }, columns)).toEqual(lines);
});
