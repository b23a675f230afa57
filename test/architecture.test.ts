import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterEach, describe, expect, test } from 'vitest';
import { impurities } from '../scripts/domain-purity.ts';
import { cruiseLayers } from '../scripts/layers.ts';

const root = join(import.meta.dirname, '..');
const trees: string[] = [];

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** A tree in a fresh directory: path to source. Packages resolve as they do here. */
function treeOf(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(join(tmpdir(), 'layers-'));
  trees.push(tree);
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    writeFileSync(join(tree, path), source);
  }
  return tree;
}

/** Rules broken by one file importing another (which exists, and imports nothing) or a package. */
async function rulesBrokenBy(importer: string, imported: string): Promise<readonly string[]> {
  const local = imported.endsWith('.ts');
  const specifier = local ? `${'../'.repeat(importer.split('/').length - 1)}${imported}` : imported;
  const tree = treeOf({
    ...(local ? { [imported]: 'export const value = 1;\n' } : {}),
    [importer]: `import * as imported from '${specifier}';\nexport const used = imported;\n`,
  });
  const { violations, unseen } = await cruiseLayers(tree);
  expect(unseen).toEqual([]);
  return violations.map((violation) => violation.slice(0, violation.indexOf(':')));
}

const forbidden: readonly (readonly [importer: string, imported: string, rule: string])[] = [
  ['core/domain/volume.ts', '@aws-sdk/client-ec2', 'domain-is-pure'],
  ['core/domain/volume.ts', 'node:fs', 'domain-is-pure'],
  ['core/domain/volume.ts', 'valibot', 'domain-is-pure'],
  ['core/domain/volume.ts', 'core/application/ports.ts', 'domain-is-pure'],
  ['core/application/respond.ts', 'lambda/adapters/clock.ts', 'application-knows-only-core'],
  ['core/application/respond.ts', 'node:fs', 'application-knows-only-core'],
  ['lambda/events/alarm.ts', 'core/application/respond.ts', 'events-translate-to-the-domain'],
  ['lambda/environments/respond.ts', 'lambda/handlers/respond.ts', 'environments-are-schemas'],
  ['lambda/adapters/clock.ts', 'lambda/handlers/respond.ts', 'adapters-implement-ports'],
  ['lambda/handlers/respond.ts', 'lib/stack.ts', 'handlers-stay-behind-the-door'],
  ['lambda/handlers/respond.ts', 'aws-cdk-lib', 'handlers-stay-behind-the-door'],
  ['lambda/wiring/observability.ts', '@aws-sdk/client-sns', 'sdk-stays-in-adapters'],
  ['lambda/handlers/deliver-notice.ts', '@aws-sdk/client-ec2', 'ec2-only-where-needed'],
  ['lib/stack.ts', 'lambda/handlers/respond.ts', 'infrastructure-shares-only-types'],
  ['lib/stack.ts', 'lambda/adapters/clock.ts', 'infrastructure-shares-only-types'],
  ['lib/stack.ts', 'core/application/respond.ts', 'infrastructure-shares-only-types'],
  ['bin/app.ts', 'core/domain/volume.ts', 'entry-points-only-start'],
  ['twin/account.ts', 'core/domain/volume-limits.ts', 'twin-stands-apart'],
  ['cli/assess.ts', 'lambda/adapters/clock.ts', 'commands-speak-through-ports'],
  ['cli/assess.ts', 'cli/demo/main.ts', 'commands-speak-through-ports'],
  ['cli/commands/assess.ts', '@aws-sdk/client-ec2', 'commands-speak-through-ports'],
  ['cli/commands/assess.ts', 'cli/aws/account-access.ts', 'commands-speak-through-ports'],
  ['cli/aws/account-access.ts', 'lambda/handlers/respond.ts', 'cli-makes-clients-in-one-place'],
  ['lambda/handlers/respond.ts', 'twin/account.ts', 'twin-is-never-shipped'],
  ['core/domain/volume.ts', 'test/fakes/volume.ts', 'production-imports-no-test'],
  ['cli/demo/main.ts', 'no-such-package', 'imports-resolve'],
];

const permitted: readonly (readonly [importer: string, imported: string])[] = [
  ['core/domain/volume.ts', 'core/domain/units.ts'],
  ['core/application/respond.ts', 'core/domain/volume.ts'],
  ['lambda/events/alarm.ts', 'core/domain/volume.ts'],
  ['lambda/events/alarm.ts', 'valibot'],
  ['lambda/adapters/clock.ts', 'core/application/ports.ts'],
  ['lambda/adapters/clock.ts', '@aws-sdk/client-ec2'],
  ['lambda/wiring/respond-ports.ts', '@aws-sdk/client-ec2'],
  ['lambda/handlers/respond.ts', '@aws-sdk/client-ec2'],
  ['lambda/handlers/deliver-notice.ts', '@aws-sdk/client-sns'],
  ['lib/stack.ts', 'aws-cdk-lib'],
  ['lib/stack.ts', 'lambda/environments/respond.ts'],
  ['bin/app.ts', 'lib/stack.ts'],
  ['twin/account.ts', '@smithy/types'],
  ['cli/assess.ts', 'core/application/respond.ts'],
  ['cli/policy-file.ts', 'lambda/environments/policy-props.ts'],
  ['cli/aws/account-access.ts', '@aws-sdk/client-ec2'],
  ['cli/aws/account-access.ts', 'lambda/adapters/ec2-volume-catalog.ts'],
  ['cli/assess-process.ts', 'cli/aws/account-access.ts'],
  ['cli/demo/main.ts', 'twin/account.ts'],
  ['cli/demo/main.ts', 'lambda/handlers/respond.ts'],
  ['cli/demo/main.ts', 'lib/stack.ts'],
  ['test/fakes/volume.ts', 'core/domain/volume.ts'],
];

describe('the layer check', () => {
  test.each(forbidden)('does not let %s import %s', async (importer, imported, rule) => {
    expect(await rulesBrokenBy(importer, imported)).toContain(rule);
  });

  test.each(permitted)('lets %s import %s', async (importer, imported) => {
    expect(await rulesBrokenBy(importer, imported)).toEqual([]);
  });

  test('does not let a type slip through where its value may not', async () => {
    const source = "import type { EC2Client } from '@aws-sdk/client-ec2';\nexport type Client = EC2Client;\n";
    const { violations } = await cruiseLayers(treeOf({ 'core/domain/volume.ts': source }));
    expect(violations[0]).toMatch(
      /^domain-is-pure: core\/domain\/volume\.ts -> .*node_modules\/@aws-sdk\/client-ec2\//,
    );
  });

  test('does not let the EC2 client reach a handler that has no use for it by way of others', async () => {
    const { violations } = await cruiseLayers(
      treeOf({
        'lambda/handlers/sweep.ts': "import '../wiring/respond-ports.ts';\n",
        'lambda/wiring/respond-ports.ts':
          "import { EC2Client } from '@aws-sdk/client-ec2';\nexport const client = EC2Client;\n",
      }),
    );
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(/^ec2-only-where-needed: lambda\/handlers\/sweep\.ts -> /);
  });

  test('does not let two files import each other', async () => {
    const { violations } = await cruiseLayers(
      treeOf({
        'core/domain/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
        'core/domain/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
      }),
    );
    expect(violations).toEqual(['no-cycles: core/domain/a.ts -> core/domain/b.ts']);
  });

  test('has a forbidden example here for every rule', async () => {
    const { forbidden: rules = [] } = await extractDepcruiseConfig(join(root, '.dependency-cruiser.cjs'));
    const shown = new Set([...forbidden.map(([, , rule]) => rule), 'no-cycles']);
    expect(rules.map(({ name }) => name).sort()).toEqual([...shown].sort());
  });

  test('fails where there is nothing to look at', async () => {
    await expect(cruiseLayers(treeOf({}))).rejects.toThrow(
      /^expected TypeScript files below .*, found none$/,
    );
  });

  test('fails where no import was understood', async () => {
    await expect(cruiseLayers(treeOf({ 'core/domain/a.ts': 'export const a = 1;\n' }))).rejects.toThrow(
      'the cruiser found no import in 1 files; is its parser (@swc/core) installed?',
    );
  });
});

describe('this tree', () => {
  test('was looked at whole and keeps its layers', async () => {
    const { violations, unseen } = await cruiseLayers(root);
    expect({ violations, unseen }).toEqual({ violations: [], unseen: [] });
  });

  test('has a pure domain', () => {
    const files = globSync('core/domain/**/*.ts', { cwd: root });
    expect(files).toContain(join('core', 'domain', 'volume.ts'));
    const impure = files.map((file) => [file, impurities(readFileSync(join(root, file), 'utf8'))] as const);
    expect(impure.filter(([, found]) => found.length > 0)).toEqual([]);
  });

  test('modifies volumes from one adapter, which only handlers/respond reaches', async () => {
    const { modules } = await cruiseLayers(root);
    const dependentsOf = new Map(modules.map(({ source, dependents }) => [source, dependents]));
    const modifiers = globSync('{core,lambda,lib,cli}/**/*.ts', { cwd: root }).filter((file) =>
      readFileSync(join(root, file), 'utf8').includes('new ModifyVolumeCommand('),
    );
    const reached = new Set(modifiers);
    for (const file of reached) for (const dependent of dependentsOf.get(file) ?? []) reached.add(dependent);
    const handlers = [...reached].filter((file) => file.startsWith('lambda/handlers/'));
    expect({ modifiers: modifiers.length, handlers }).toEqual({
      modifiers: 1,
      handlers: ['lambda/handlers/respond.ts'],
    });
  });
});

describe('the purity check', () => {
  test.each([
    ['const at = Date.now();', ['Date.now']],
    ['const at = new Date();', ['Date without a time']],
    ['const at = Date();', ['Date without a time']],
    ['const luck = Math.random();', ['Math.random']],
    ['const { env } = process;', ['process']],
    ['const load = async () => await 1;', ['async', 'await']],
    ['class Shelf { async load() {} }', ['async']],
    ['for await (const page of pages) {}', ['await']],
    ['type Later = Promise<string>;', ['Promise']],
    ['fetch("x"); setTimeout(f, 1);', ['fetch', 'setTimeout']],
  ])('finds what is impure in %s', (source, expected) => {
    expect(impurities(source)).toEqual(expected);
  });

  test.each([
    'const at = new Date(now);',
    'const process = (fetch: number) => fetch;',
    'interface Step { process: string; fetch(): void }',
    '// await Date.now() in process',
    "const text = 'Math.random()';",
  ])('finds nothing in %s', (source) => {
    expect(impurities(source)).toEqual([]);
  });
});
