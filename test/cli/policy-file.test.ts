import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { actingPolicy, defaultPolicy, readPolicyFile } from '../../cli/policy-file.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { minutes } from '../../core/domain/units.ts';
import { readStackConfig } from '../../lib/stack-config.ts';

let file = '';
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'policy-')), 'policy.json');
});
afterEach(() => rm(join(file, '..'), { recursive: true }));

async function policyOf(text: string) {
  await writeFile(file, text);
  return readPolicyFile(file);
}

test('an empty policy is what the construct does by itself', async () => {
  expect(await policyOf('{}')).toEqual(readStackConfig({}).policy);
  expect(defaultPolicy).toEqual(readStackConfig({}).policy);
});

test('a policy that may act differs from it in nothing else', () => {
  expect(actingPolicy).toEqual({ ...defaultPolicy, mode: 'act' });
  expect(defaultPolicy.mode).toBe('notify');
});

test("takes the construct's keys and merges its defaults", async () => {
  const { mode, leadTime, caps } = await policyOf(
    '{"mode":"act","leadTimeMinutes":20,"blastRadius":{"volumes":3}}',
  );
  expect({ mode, leadTime, caps }).toEqual({
    mode: 'act',
    leadTime: minutes(20),
    caps: { maxMonthlyIncrease: 100, blastRadius: { volumes: 3, percentOfWatched: 5 } },
  });
});

const keys =
  'mode, target, fixedIops, leadTimeMinutes, detectionLagMinutes, maxAlarms, act, maxMonthlyIncrease, blastRadius';

test.each([
  ['{"mod":"act"}', `mod: got an unknown key, expected one of ${keys}; correct or remove it`],
  [
    '{"act":{"tag":"x"}}',
    'act.tag: got an unknown key, expected one of tagKey, values; correct or remove it',
  ],
  ['{"mode":"on"}', 'mode: got "on", expected one of off, notify, act; remove it for notify'],
  ['{"leadTimeMinutes":0}', 'leadTimeMinutes: got 0, expected a number from 1 to 100000; remove it for 15'],
  ['{"act":"yes"}', 'act: got "yes", expected an object'],
  ['[]', 'got a list, expected an object as JSON, e.g. {"mode":"act"}; see docs/reference/configuration.md'],
])('does not take %s', async (text, line) => {
  await expect(policyOf(text)).rejects.toThrow(new UsageError(`${file}: ${line}`));
});

test('does not take what is no JSON', async () => {
  await expect(policyOf('mode: act')).rejects.toThrow(
    /policy\.json: got no JSON \(.*\), expected an object as JSON/,
  );
});

test('says where it looked for a file that is not there', async () => {
  await expect(readPolicyFile(file)).rejects.toThrow(
    `${file}: reading it failed, got: no such file or folder; check the path`,
  );
});
