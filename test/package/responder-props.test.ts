import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaults } from '../../lib/stack-config.ts';
import { documentedProps } from '../../scripts/reference/documented-props.ts';
import { clone } from './installed-app.ts';

const source = readFileSync(join(clone, 'lib', 'responder-props.ts'), 'utf8');
const names = [...source.matchAll(/^export interface (\w+)/gm)].map(([, name = '']) => name);

describe.each(names)('the documentation of %s', (name) => {
  const props = documentedProps(source, name);
  const isOptional = (prop: string): boolean => new RegExp(`^  readonly ${prop}\\?:`, 'm').test(source);

  test.each(props)('says the default of $name, or that there is none', (prop) => {
    expect(prop.fallback !== undefined).toBe(isOptional(prop.name));
    expect(prop.text).not.toBe('');
  });
});

test.each([
  ['ActProps', { tagKey: `'${defaults.act.tagKey}'`, values: `['${defaults.act.values.join("', '")}']` }],
  [
    'BlastRadiusProps',
    {
      volumes: `${defaults.blastRadius.volumes}`,
      percentOfWatched: `${defaults.blastRadius.percentOfWatched}`,
    },
  ],
])('%s says the defaults that are taken', (name, taken) => {
  const said = documentedProps(source, name).map((prop) => [prop.name, prop.fallback]);
  expect(Object.fromEntries(said)).toEqual(taken);
});
