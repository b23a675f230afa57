import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, test } from 'vitest';
import {
  bareHandler,
  bundledClients,
  constructedClients,
  ownInputsOf,
} from '../../bench/coldstart/clients.ts';
import {
  fewestRounds,
  isSurelyOver,
  type Measured,
  medianOf,
  problemsOf,
} from '../../bench/coldstart/judge.ts';
import {
  asText,
  type ColdstartRecord,
  candidateRows,
  handlerRows,
  pageWith,
} from '../../bench/coldstart/page.ts';
import { withPlainKeys } from '../../bench/coldstart/pruned-schemas.ts';
import recorded from '../../bench/recorded-coldstart.json' with { type: 'json' };

const record: ColdstartRecord = recorded;

/** Of a bundle whose inputs have these bytes and imports. */
function metafileOf(
  inputs: Readonly<Record<string, { bytes: number; imports?: readonly string[] }>>,
): Metafile {
  const ofEach = <Value>(value: (input: { bytes: number; imports?: readonly string[] }) => Value) =>
    Object.fromEntries(Object.entries(inputs).map(([path, input]) => [path, value(input)]));
  return {
    inputs: ofEach(({ bytes, imports = [] }) => ({
      bytes,
      imports: imports.map((path) => ({ path, kind: 'import-statement' as const })),
    })),
    outputs: {
      'out/index.mjs': {
        bytes: 0,
        imports: [],
        exports: [],
        entryPoint: 'lambda/handlers/sweep.ts',
        inputs: ofEach(({ bytes }) => ({ bytesInOutput: bytes })),
      },
    },
  };
}

const sdk = (file: string): string => `node_modules/@aws-sdk/${file}`;

describe('the clients in a bundle', () => {
  test('are those of which something is in it, with our files that import them', () => {
    const bundle = metafileOf({
      'lambda/handlers/sweep.ts': { bytes: 9, imports: [sdk('client-sqs/dist-es/index.js')] },
      'lambda/adapters/sqs-work-queue.ts': { bytes: 9, imports: [sdk('client-sqs/dist-es/index.js')] },
      [sdk('client-sqs/dist-es/SQSClient.js')]: { bytes: 9 },
      [sdk('nested-clients/dist-es/submodules/sts/STSClient.js')]: { bytes: 9 },
    });
    expect([...bundledClients(bundle)]).toEqual([
      ['nested sts', []],
      ['sqs', ['lambda/handlers/sweep.ts', 'lambda/adapters/sqs-work-queue.ts']],
    ]);
  });

  test('are not those that were shaken out', () => {
    const bundle = metafileOf({
      'lambda/handlers/sweep.ts': { bytes: 9, imports: [sdk('client-ec2/dist-es/index.js')] },
      [sdk('client-ec2/dist-es/EC2Client.js')]: { bytes: 0 },
    });
    expect([...bundledClients(bundle)]).toEqual([]);
  });

  test('are imported by files of ours, and a package is none of ours', () => {
    const bundle = metafileOf({
      'core/domain/units.ts': { bytes: 9 },
      'core/domain/unused.ts': { bytes: 0 },
      'node_modules/valibot/index.js': { bytes: 9 },
    });
    expect(ownInputsOf(bundle)).toEqual(['core/domain/units.ts']);
  });
});

describe('the clients that sources construct', () => {
  test('are those connected, and those made by new', () => {
    const sources = [
      `import { EC2Client, type Filter } from '@aws-sdk/client-ec2';\nconst ec2 = runtime.connect(EC2Client, {});`,
      `import { SSMClient } from '@aws-sdk/client-ssm';\nconst ssm = new SSMClient({});`,
    ];
    expect(constructedClients(sources)).toEqual(['ec2', 'ssm']);
  });

  test('are not those of which only a type or a command is imported', () => {
    const source = `import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';\nclient.send(new PublishCommand({}));`;
    expect(constructedClients([source])).toEqual([]);
  });

  test('are not told by the name alone: another package may have a client of that name', () => {
    expect(constructedClients([`import { S3Client } from './ours.ts';\nnew S3Client();`])).toEqual([]);
  });
});

describe('the bare handler', () => {
  test('imports the clients, commands and paginators of the bundle, and makes the clients', () => {
    const bundle = metafileOf({
      [sdk('client-ec2/dist-es/EC2Client.js')]: { bytes: 9 },
      [sdk('client-ec2/dist-es/commands/DescribeVolumesCommand.js')]: { bytes: 9 },
      [sdk('client-ec2/dist-es/pagination/DescribeVolumesPaginator.js')]: { bytes: 9 },
    });
    expect(bareHandler(bundle)).toBe(
      [
        `import { EC2Client } from '@aws-sdk/client-ec2';`,
        `import { DescribeVolumesCommand } from '@aws-sdk/client-ec2';`,
        `import { paginateDescribeVolumes } from '@aws-sdk/client-ec2';`,
        'const clients = [new EC2Client()];',
        'const operations = [EC2Client, DescribeVolumesCommand, paginateDescribeVolumes];',
        'export const handler = async () => clients.length + operations.length;',
        '',
      ].join('\n'),
    );
  });

  test('does not import what was shaken out, other files of a client, nor what comes with one unasked', () => {
    const bundle = metafileOf({
      [sdk('client-ec2/dist-es/commands/RunInstancesCommand.js')]: { bytes: 0 },
      [sdk('client-ec2/dist-es/schemas/schemas_0.js')]: { bytes: 9 },
      [sdk('client-dynamodb/dist-es/commands/DescribeEndpointsCommand.js')]: { bytes: 9 },
      'lambda/handlers/sweep.ts': { bytes: 9 },
    });
    expect(bareHandler(bundle)).not.toContain('import');
  });
});

describe('being surely over a limit', () => {
  const rounds = (over: number, of: number): readonly number[] =>
    Array.from({ length: of }, (_, round) => (round < over ? 1.3 : 0.7));

  test.each([
    [10, 10, true],
    [9, 10, false],
    [9, 9, false],
    [14, 15, true],
    [13, 15, false],
    [0, 15, false],
  ])('%i of %i rounds over it: %s', (over, of, expected) => {
    expect(isSurelyOver(rounds(over, of), 1.2)).toBe(expected);
  });

  test('is not said of rounds exactly at the limit', () => {
    expect(
      isSurelyOver(
        Array.from({ length: 20 }, () => 1.2),
        1.2,
      ),
    ).toBe(false);
  });

  test('can be said from ten rounds on', () => {
    expect(fewestRounds).toBe(10);
  });
});

describe('the median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(medianOf(values)).toBe(expected);
  });

  test('of nothing is refused', () => {
    expect(() => medianOf([])).toThrow('the median of nothing was asked for');
  });
});

describe('what is wrong with a handler', () => {
  const fine: Measured = {
    handler: 'sweep',
    clients: ['sqs'],
    bytes: 120_000,
    deflatedBytes: 40_000,
    bareBytes: 100_000,
    loadOverEmpty: 20,
    loadOverBare: 0.9,
    startOverEmpty: 40,
    bundled: new Map([['sqs', ['lambda/handlers/sweep.ts']]]),
    constructed: ['sqs'],
    loadsOverBare: Array.from({ length: 15 }, () => 0.9),
  };
  const problems = (change: Partial<Measured>, budget: Partial<Measured> = {}): readonly string[] =>
    problemsOf({ ...fine, ...change }, { ...fine, bytes: 200_000, ...budget });

  test('is nothing at the limits', () => {
    expect(problems({}, { bytes: 117_648 })).toEqual([]);
  });

  test('is a client it never constructs, and where it comes in', () => {
    const bundled = new Map([...fine.bundled, ['ec2', ['lambda/adapters/regions.ts']]]);
    expect(problems({ bundled })).toEqual([
      'sweep bundles the client of ec2 and never constructs it; it comes through lambda/adapters/regions.ts: import only types from it there, or move what uses it to a file this handler does not reach',
    ]);
  });

  test('is a client that the SDK brings for itself', () => {
    const bundled = new Map([...fine.bundled, ['nested sts', []]]);
    expect(problems({ bundled })).toEqual([
      'sweep bundles the client of nested sts and never constructs it; it comes through the SDK itself: see the alias in lib/runtime-function.ts',
    ]);
  });

  test('is a client it constructs unseen', () => {
    expect(problems({ constructed: ['sns', 'sqs'] })).toEqual([
      'sweep constructs the client of sns, which is not in its bundle: construct it by connect(…) in the file that uses it, or teach bench/coldstart/clients.ts the new way',
    ]);
  });

  test('is a bundle of more than 1.2 times the bare clients', () => {
    expect(problems({ bytes: 120_001 })).toEqual([
      'sweep has 120,001 bytes, × 1.20 its bare clients (100,000 bytes), at most × 1.20 is allowed; what is in it: npx esbuild lambda/handlers/sweep.ts --bundle --platform=node --format=esm --main-fields=module,main --minify --analyze --outfile=/dev/null',
    ]);
  });

  test('is a load that is surely longer than 1.2 times that of the bare clients', () => {
    const loadsOverBare = Array.from({ length: 15 }, () => 1.4);
    expect(problems({ loadOverBare: 1.4, loadsOverBare })).toEqual([
      'sweep takes × 1.40 as long to load as its bare clients, at most × 1.20 is allowed; look for work that is done at import, with node --cpu-prof bench/coldstart-process.ts',
    ]);
  });

  test('is not a load whose rounds disagree, as on a busy machine', () => {
    const loadsOverBare = Array.from({ length: 15 }, (_, round) => (round % 3 === 0 ? 0.8 : 1.9));
    expect(problems({ loadOverBare: 1.9, loadsOverBare })).toEqual([]);
  });

  test('is a bundle of more than 1.02 times the recorded one', () => {
    const [problem, ...others] = problems({}, { bytes: 117_600 });
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^sweep has 120,000 bytes, × 1\.020 the recorded 117,600 bytes, at most × 1\.02 is allowed; .* if meant: npm run bench:coldstart -- --record$/,
    );
  });

  test('is a client that was not there when recorded', () => {
    expect(problems({}, { clients: [] })).toEqual([
      'sweep did not have the client of sqs when recorded; if meant: npm run bench:coldstart -- --record',
    ]);
  });

  test('is not a client or bytes that have gone since', () => {
    expect(problems({ bytes: 90_000 }, { clients: ['sns', 'sqs'] })).toEqual([]);
  });

  test('is that it was never recorded', () => {
    expect(problemsOf(fine, undefined)).toEqual([
      'sweep is not in bench/recorded-coldstart.json; if meant: npm run bench:coldstart -- --record',
    ]);
  });
});

describe('the page on cold starts', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/coldstart.md'), 'utf8');

  test('has the tables that the command writes from its record', () => {
    expect(pageWith(page, record)).toBe(page);
  });

  test('is not written where the place of a table is missing', () => {
    expect(() => pageWith('# Cold starts', record)).toThrow(
      'expected <!-- handlers --> and <!-- /handlers --> around a table of docs/coldstart.md',
    );
  });

  test('is printed in columns', () => {
    const figures = record.handlers['sweep'];
    if (figures === undefined) throw new Error('the record holds no sweep');
    const round = { ...figures, bytes: 84_000, bareBytes: 100_000, deflatedBytes: 30_000, clients: ['sqs'] };
    const rows = handlerRows({
      sweep: { ...round, loadOverBare: 0.7, loadOverEmpty: 20, startOverEmpty: 40.4 },
    });
    expect(asText(rows)).toBe(
      [
        'handler  size over bare  load over bare  load over empty  start over empty  KB  deflated KB  clients',
        'sweep    × 0.84          × 0.70          × 20             × 40              84  30           sqs',
      ].join('\n'),
    );
  });

  test('has no columns of candidates where none were weighed', () => {
    expect(candidateRows([])).toEqual([['bundled']]);
  });
});

describe('schemas with plain keys', () => {
  test('have the constants where their keys were computed from them', () => {
    expect(withPlainKeys('const _xN = "xmlName";\nvar a = [3, { [_xN]: _vS, [_eN]: 1 }, [_xN]];')).toBe(
      'const _xN = "xmlName";\nvar a = [3, { "xmlName": _vS, [_eN]: 1 }, [_xN]];',
    );
  });
});
