import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why the tests in a browser cannot run here and what would let them; `undefined` where they can. */
export const whyNoChromium: string | undefined = existsSync(executable)
  ? undefined
  : `no Chromium at ${executable}: install it (Debian: apt-get install -y chromium), or name one in the variable CHROMIUM`;

/** On somebody's machine they are skipped, and say so; where every check must run, they fail. */
export const isSkipped: boolean = whyNoChromium !== undefined && process.env['CI'] !== 'true';

export function launchChromium(): Promise<Browser> {
  if (whyNoChromium !== undefined) throw new Error(whyNoChromium);
  return chromium.launch({ executablePath: executable });
}

/** A report opened from a file, as people do, and everything that it asked for or complained of. */
export interface OpenedReport {
  readonly page: Page;
  readonly requests: readonly string[];
  /** Addresses that the content policy kept from being asked for. */
  readonly blocked: readonly string[];
  readonly complaints: readonly string[];
}

/** Closed again when the test is over. */
export async function openReport(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenedReport> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.html');
  await writeFile(file, html);
  const context = await browser.newContext(options);
  onTestFinished(async () => {
    await context.close();
    await rm(folder, { recursive: true });
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const blocked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') blocked.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  return {
    page,
    requests,
    blocked,
    complaints,
  };
}
