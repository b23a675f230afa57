import { beforeAll, expect, test } from 'vitest';
import { assess } from '../../../cli/commands/assess.ts';
import { assessDemoAccount } from '../../../cli/demo/assess-account.ts';
import { paint } from '../../../cli/render/paint.ts';
import { csvReport } from '../../../cli/report/csv-report.ts';
import { htmlReport } from '../../../cli/report/html-report.ts';
import { jsonReport } from '../../../cli/report/json-report.ts';
import { replay } from '../../../core/application/replay/replay.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { instant } from '../../../core/domain/units.ts';

const refused = () => {
  throw new Error('the demo asks no AWS');
};
let shown = '';
let told = '';
let code = -1;

beforeAll(async () => {
  code = await assess(['--demo', '--days', '3'], {
    out: (text) => {
      told += text;
    },
    error: (text) => {
      told += text;
    },
    progress: {
      show: (text) => {
        shown += `${text}\n`;
      },
      end: () => undefined,
    },
    paint: paint(false),
    columns: undefined,
    signal: new AbortController().signal,
    now: () => instant(0),
    sleep: refused,
    open: refused,
    openDemo: assessDemoAccount,
    assumptions: usualAssumptions,
    replay: (recording, settings, turn) =>
      replay(recording, { ...settings, assumptions: usualAssumptions }, turn),
    breathe: async () => undefined,
    reports: { html: htmlReport, json: jsonReport, csv: csvReport },
    version: '0.1.0',
  });
}, 60_000);

test('the demo assesses a simulated account with the production replay', () => {
  expect(code).toBe(0);
  expect(shown).toContain('living through 3 days of a simulated account');
  expect(told).toContain('123456789012 in us-east-1, Mar 13 to Mar 16');
  expect(told).toContain('7 volumes can run out of burst credits; 2 others in use cannot.');
});

test('it shows volumes that stall and say so ahead, and volumes that never will', () => {
  const rows = told.split('\n').filter((line) => line.startsWith('vol-'));
  expect(rows[0]).toMatch(/ min ahead /);
  expect(rows.at(-1)).toMatch(/ never {2,}no wall {2,}- {2,}never in danger /);
  expect(told).toContain('Not assessed: 2 volumes');
});

test('it shows what acting would have spared a volume, since nobody named a policy, and when', () => {
  expect(told).toContain('As if acting were allowed where no tag forbids it');
  expect(told).toMatch(/^vol-\S+ +ci-runner-1 docker .* moved 03-13 15:\d\d {2,}stall averted /m);
});
