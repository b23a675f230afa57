import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectPlaceForPage } from '../../../cli/commands/place-for-page.ts';
import { defaultPolicy } from '../../../cli/policy-file.ts';
import { htmlReport } from '../../../cli/report/html-report.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { noon } from '../../domain/some-volume.ts';

let folder = '';
let page = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  page = join(folder, 'report.html');
});
afterEach(() => rm(folder, { recursive: true }));

test('a new file, an empty one and an earlier page are places for a page', async () => {
  const made = {
    version: '0.1.0',
    at: noon,
    policy: defaultPolicy,
    acting: 'as-configured' as const,
    assumptions: usualAssumptions,
    priceLists: [],
  };
  await expect(expectPlaceForPage(page)).resolves.toBeUndefined();
  await writeFile(page, '');
  await expect(expectPlaceForPage(page)).resolves.toBeUndefined();
  await writeFile(page, htmlReport([], made));
  await expect(expectPlaceForPage(page)).resolves.toBeUndefined();
});

test('a file of somebody else is none', async () => {
  await writeFile(page, '<h1>my thesis</h1>');
  await expect(expectPlaceForPage(page)).rejects.toThrow(
    `--html: got "${page}", a file that is no page of ours, expected a new one or an earlier page; name another, or remove it`,
  );
});

test('nor is a folder, a device, or what lies in no folder', async () => {
  await expect(expectPlaceForPage(folder)).rejects.toThrow(
    `--html: got "${folder}", a folder, expected a file; name one in it`,
  );
  await expect(expectPlaceForPage('/dev/null')).rejects.toThrow(
    '--html: got "/dev/null", a device or a pipe, expected a file; name one',
  );
  const nowhere = join(folder, 'none', 'report.html');
  await expect(expectPlaceForPage(nowhere)).rejects.toThrow(
    `--html: got "${nowhere}", expected a file in a folder that can be written; create ${join(folder, 'none')} or choose another`,
  );
});
