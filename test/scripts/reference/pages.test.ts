import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { propsSchema } from '../../../lib/props-schema.ts';
import { defaults } from '../../../lib/stack-config.ts';
import { documentedProps } from '../../../scripts/reference/documented-props.ts';
import { table } from '../../../scripts/reference/page.ts';
import { pages } from '../../../scripts/reference/pages.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const source = readFileSync(join(root, 'lib', 'responder-props.ts'), 'utf8');

describe('docs/reference', () => {
  test.each(pages)(
    'has $file as the code says it now; if not, npm run reference writes it',
    ({ file, render }) => {
      const path = join(root, 'docs', 'reference', file);
      expect(existsSync(path) ? readFileSync(path, 'utf8') : 'missing').toBe(render());
    },
  );
});

describe('the documentation of the props', () => {
  const props = documentedProps(source, 'EbsBurstResponderProps');

  test('names every key that is accepted, and no other', () => {
    expect(props.map(({ name }) => name).sort()).toEqual(Object.keys(propsSchema.entries).sort());
  });

  /** As a literal in TypeScript, e.g. `{ volumes: 10, percentOfWatched: 5 }`. */
  const literal = (value: unknown): string =>
    JSON.stringify(value)
      .replaceAll('"', "'")
      .replace(/'(\w+)':/g, '$1: ')
      .replace(/,(?=\w)/g, ', ')
      .replace(/^\{(.*)\}$/, '{ $1 }');

  test.each(Object.entries(defaults))('says the default of %s that is taken', (name, value) => {
    expect(props.find((prop) => prop.name === name)?.fallback).toBe(literal(value));
  });
});

describe('documentedProps', () => {
  const one = (body: string) => `export interface Props {\n${body}\n}\n`;

  test('reads text, type and default, over several lines', () => {
    const commented = '  /** How many, at\n   * most.\n   * @default 3 */\n  readonly count?: number;';
    expect(documentedProps(one(commented), 'Props')).toEqual([
      { name: 'count', type: 'number', text: 'How many, at most.', fallback: '3' },
    ]);
  });

  test('does not pass over a prop without a comment', () => {
    expect(() => documentedProps(one('  readonly count?: number;'), 'Props')).toThrow(
      'Props does not document count',
    );
  });

  test('does not take a missing interface for an empty one', () => {
    expect(() => documentedProps('', 'Props')).toThrow('expected an interface Props, found none');
  });
});

describe('a table', () => {
  test('keeps a bar inside its cell', () => {
    expect(table(['a'], [['x | y']])).toBe('| a |\n| --- |\n| x \\| y |');
  });
});
