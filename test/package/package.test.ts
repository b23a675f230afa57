import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clone, type InstalledApp, installedApp, run, runWell } from './installed-app.ts';
import { isSkipped, whyNoRegistry } from './registry.ts';

if (isSkipped) console.warn(`skipped test/package/package.test.ts: ${whyNoRegistry}`);

const handlers = ['clean-up', 'deliver-notice', 'keep-alarms', 'profile-demand', 'respond', 'sweep'];

/** As people begin: an app, a stack of their own, the construct. */
const app = `
import { App, Stack } from 'aws-cdk-lib';
import { EbsBurstResponder } from 'ebs-burst-responder';
const app = new App();
new EbsBurstResponder(new Stack(app, 'Storage'), 'Responder', JSON.parse(process.argv[2]));
app.synth();
`;

const typedApp = `
import { App, Stack } from 'aws-cdk-lib';
import { EbsBurstResponder, type EbsBurstResponderProps, EbsBurstStack, type SlackBot } from 'ebs-burst-responder';
const app = new App();
const slack: SlackBot = { channel: 'C0STORAGE', tokenParameter: '/ebs-burst/slack-token' };
const props: EbsBurstResponderProps = { mode: 'act', slack };
const responder = new EbsBurstResponder(new Stack(app, 'Storage'), 'Responder', props);
const arn: string = responder.notices.topic.topic.topicArn;
new EbsBurstStack(app, arn, { responder: props, env: { region: 'eu-west-1' } });
`;

/** Each line is an error; were a declaration to lead nowhere, its types would take anything. */
const wrongApp = `
import { App, Stack } from 'aws-cdk-lib';
import { EbsBurstResponder } from 'ebs-burst-responder';
const stack = new Stack(new App(), 'Storage');
new EbsBurstResponder(stack, 'Misspelt', { mdoe: 'act' });
new EbsBurstResponder(stack, 'Unknown', { mode: 'on' });
const arn: number = new EbsBurstResponder(stack, 'Right').notices.topic.topic.topicArn;
`;

const tsconfig = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2024',
    types: [],
    skipLibCheck: true,
  },
  files: ['right.mts', 'right.cts', 'wrong.mts'],
};

interface FunctionProperties {
  readonly Handler: string;
  readonly Code: { readonly S3Key?: string };
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}

function functionsIn(template: string): readonly FunctionProperties[] {
  const { Resources } = JSON.parse(template) as {
    readonly Resources: Readonly<
      Record<string, { readonly Type: string; readonly Properties: FunctionProperties }>
    >;
  };
  return Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::Lambda::Function' ? [Properties] : [],
  );
}

describe.skipIf(isSkipped)('the package, installed into an empty CDK app', { timeout: 120_000 }, () => {
  let installed: InstalledApp;
  const inApp = (...path: readonly string[]): string => join(installed.folder, ...path);

  const synthesize = (props: object, outdir: string) =>
    run(installed.folder, 'node', ['app.mjs', JSON.stringify(props)], { CDK_OUTDIR: inApp(outdir) });
  const template = (outdir: string): string => readFileSync(inApp(outdir, 'Storage.template.json'), 'utf8');

  beforeAll(async () => {
    installed = await installedApp();
    writeFileSync(inApp('app.mjs'), app);
  }, 600_000);
  afterAll(() => installed?.remove(), 120_000);

  test('carries compiled JavaScript, types and every handler bundled', () => {
    expect(installed.files).toEqual(
      expect.arrayContaining([
        'bin/ebs-burst.mjs',
        'dist/bin/ebs-burst.js',
        'dist/lib/package-entry.js',
        'dist/lib/package-entry.d.ts',
        'docs/reference/configuration.md',
        'docs/runbook.md',
        ...handlers.map((name) => `dist/handlers/${name}/index.mjs`),
      ]),
    );
  });

  test('carries no source, no test, no picture and nothing else of the clone', () => {
    const other = installed.files.filter(
      (file) =>
        !/^(LICENSE|README\.md|package\.json|bin\/ebs-burst\.mjs)$/.test(file) &&
        !/^docs\/(runbook|reference\/configuration)\.md$/.test(file) &&
        !/^dist\/(package|cdk)\.json$/.test(file) &&
        !/^dist\/(bin|cli|core|lambda|lib|twin)\/.+(\.js|\.d\.ts)$/.test(file) &&
        !/^dist\/handlers\/[a-z-]+\/[^/]+\.m?js$/.test(file),
    );
    expect(other).toEqual([]);
  });

  test("leaves the app its own aws-cdk-lib and its own Node, and its command is the app's only new one", () => {
    expect(existsSync(inApp('node_modules', 'ebs-burst-responder', 'node_modules'))).toBe(false);
    expect(existsSync(inApp('node_modules', '.bin', 'ebs-burst'))).toBe(true);
    expect(existsSync(inApp('node_modules', '.bin', 'node'))).toBe(false);
    expect(existsSync(inApp('node_modules', 'esbuild'))).toBe(false);
  });

  describe('with two props', () => {
    beforeAll(async () => {
      const ended = await synthesize({ mode: 'act', mailTo: ['storage@example.com'] }, 'acting');
      expect(ended).toMatchObject({ code: 0 });
    }, 120_000);

    test('synthesizes what they ask for', () => {
      expect(template('acting')).toContain('ec2:ModifyVolume');
      expect(template('acting')).toContain('storage@example.com');
    });

    test('ships functions whose code is there and loads', async () => {
      const functions = functionsIn(template('acting')).flatMap(({ Code, ...properties }) => {
        const file = inApp('acting', `asset.${Code.S3Key?.replace('.zip', '')}`, 'index.mjs');
        return existsSync(file) ? [{ ...properties, file }] : [];
      });
      expect(functions.map(({ Handler }) => Handler)).toEqual(handlers.map(() => 'index.handler'));
      const loaded = functions.map(({ file, Environment }) =>
        runWell(installed.folder, 'node', ['--eval', loading(file)], {
          AWS_REGION: 'us-east-1',
          ...withoutReferences(Environment?.Variables),
        }),
      );
      expect((await Promise.all(loaded)).map(({ out }) => out)).toEqual(handlers.map(() => 'function\n'));
    });
  });

  test('without props, may not modify a volume', async () => {
    expect(await synthesize({}, 'notifying')).toMatchObject({ code: 0 });
    expect(template('notifying')).not.toContain('ec2:ModifyVolume');
    expect(template('notifying')).not.toContain('storage@example.com');
  });

  test('says of a wrong prop what was got, expected, and what to do', async () => {
    const { code, error } = await synthesize({ mdoe: 'act', leadTimeMinutes: 0 }, 'wrong');
    expect(code).toBe(1);
    expect(error).toContain('ebs-burst is not configured right:');
    expect(error).toMatch(/ {2}- mdoe: got an unknown key, expected one of mode, .*; correct or remove it/);
    expect(error).toMatch(
      / {2}- leadTimeMinutes: got 0, expected a number from 1 to 100000; remove it for 15/,
    );
    expect(error).not.toContain('mailTo: got');
  });

  test('is loaded by a CommonJS app, and gives what is documented and no more', async () => {
    const names = "console.log(Object.keys(require('ebs-burst-responder')).sort().join())";
    expect((await runWell(installed.folder, 'node', ['--eval', names])).out).toBe(
      'EbsBurstResponder,EbsBurstStack\n',
    );
    const inner = "require('ebs-burst-responder/dist/lib/case-table.js')";
    expect((await run(installed.folder, 'node', ['--eval', inner])).error).toContain(
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    );
  });

  test('has types that an app compiles with, and that know a misspelt prop, a wrong value and what the construct has', async () => {
    // An app whose package.json says nothing of modules is CommonJS.
    for (const name of ['right.mts', 'right.cts']) writeFileSync(inApp(name), typedApp);
    writeFileSync(inApp('wrong.mts'), wrongApp);
    writeFileSync(inApp('tsconfig.json'), JSON.stringify(tsconfig));
    const { out } = await run(installed.folder, 'node', [join(clone, 'node_modules/typescript/bin/tsc')]);
    expect([...out.matchAll(/^(\S+)\(.*?error (.*)/gm)].map(([, file, error]) => [file, error])).toEqual([
      ['wrong.mts', expect.stringContaining("'mdoe' does not exist in type 'EbsBurstResponderProps'")],
      ['wrong.mts', expect.stringContaining('\'"on"\' is not assignable to type')],
      ['wrong.mts', expect.stringContaining("'string' is not assignable to type 'number'")],
    ]);
  });

  test('answers npx ebs-burst --help', async () => {
    const { code, out } = await run(installed.folder, 'npx', ['ebs-burst', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^usage: ebs-burst COMMAND \[options\]\n/);
    expect(out).toMatch(/^ {2}assess /m);
  });

  test('runs a command that synthesizes the stack and lives through it in the simulated account', async () => {
    const { out } = await runWell(installed.folder, 'npx', ['ebs-burst', 'explain', '--demo']);
    expect(out).toContain('It calls for help and does not act');
  });

  test('refuses a command that there is not, by the exit code 2', async () => {
    const { code, error } = await run(installed.folder, 'npx', ['ebs-burst', 'replays']);
    expect(code).toBe(2);
    expect(error).toContain('got the command "replays", which there is not; perhaps replay was meant.');
  });
});

const loading = (file: string): string =>
  `import(${JSON.stringify(file)}).then(({ handler }) => console.log(typeof handler))`;

/** What CloudFormation would fill in is not known here; that it is there is all that loading asks for. */
const withoutReferences = (variables: Readonly<Record<string, unknown>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : 'known-when-deployed',
    ]),
  );
