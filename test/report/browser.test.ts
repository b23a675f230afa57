import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../cli/report/html-report.ts';
import { isSkipped, launchChromium, openReport, whyNoChromium } from './chromium.ts';
import { SMALLEST_TEXT, WEAK_TEXTS } from './page-checks.ts';
import { made, someRegion } from './some-assessment.ts';

if (isSkipped) console.warn(`skipped test/report/browser.test.ts: ${whyNoChromium}`);

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const html = htmlReport([someRegion()], made);

/** What every run leaves for whoever changed the page to look at: reports/assess-page in the clone, which git ignores. */
const pictures = join(import.meta.dirname, '../../reports/assess-page');
const sheetOfPaper = { viewport: { width: 794, height: 1_123 } };

/** Ids of the rows that are shown, in their order. */
const shownIds = (page: Page): Promise<string[]> =>
  page.locator('#table tbody tr:visible a').allTextContents();

const openAll = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '');
  });

describe.skipIf(isSkipped)('in a browser, the report', () => {
  let browser: Browser;
  beforeAll(async () => {
    await rm(pictures, { recursive: true, force: true });
    await mkdir(pictures, { recursive: true });
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser?.close());

  it('asks for nothing but itself, complains of nothing and runs no script of a tag', async () => {
    const opened = await openReport(browser, html);
    await openAll(opened.page);
    expect(opened.requests).toEqual([opened.page.url()]);
    expect(opened.complaints).toEqual([]);
    expect(await opened.page.title()).toBe('EBS burst credits: what happened and what would have');
  });

  it('does not let a script in that got into it all the same, nor data out', async () => {
    const planted = html.replace(
      '<main>',
      '<main><script>document.title = "owned"</script><img src="https://evil.example/x">',
    );
    const opened = await openReport(browser, planted);
    expect(await opened.page.title()).not.toBe('owned');
    expect(opened.blocked).toEqual(['https://evil.example/x']);
    expect(opened.complaints.join('\n')).toContain('Content Security Policy');
  });

  it('is sorted from the keyboard, says so, and keeps the unknown at the end either way', async () => {
    const opened = await openReport(browser, html);
    const { page } = opened;
    const heading = page.getByRole('columnheader', { name: 'Lowest balance' });
    await heading.getByRole('button').focus();
    expect(await heading.getAttribute('aria-sort')).toBeNull();
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const ascending = await shownIds(page);
    await page.keyboard.press('Space');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    const descending = await shownIds(page);
    expect(ascending.at(-1)).toBe('vol-0e55e55e55e55e555');
    expect(descending.at(-1)).toBe('vol-0e55e55e55e55e555');
    expect(descending[0]).toBe('vol-0d44d44d44d44d444');
    expect(await page.locator('[aria-sort]').count()).toBe(1);
    expect(await page.locator('summary .id').allTextContents()).toEqual(descending);
  });

  it('is sorted by what matters first: the most first where more is worse', async () => {
    const opened = await openReport(browser, html);
    await opened.page.getByRole('button', { name: 'At the wall' }).click();
    expect((await shownIds(opened.page))[0]).toBe('vol-0a11a11a11a11a111');
  });

  it('is filtered by words and by outcome, charts included, and says how many are left', async () => {
    const opened = await openReport(browser, html);
    const { page } = opened;
    await page.getByLabel('Find').fill('ST1 archive');
    expect(await shownIds(page)).toEqual(['vol-0c33c33c33c33c333']);
    expect(await page.getByRole('status').textContent()).toBe('1 of 6 shown');
    expect(await page.locator('details:visible').count()).toBe(1);
    await page.getByLabel('Find').fill('');
    await page.getByLabel('Outcome').selectOption('still stalls');
    expect(await shownIds(page)).toEqual(['vol-0a11a11a11a11a111']);
    await page.getByLabel('Find').fill('nothing like it');
    expect(await page.getByRole('status').textContent()).toBe('0 of 6 shown');
  });

  it('opens the chart that a row leads to', async () => {
    const opened = await openReport(browser, html);
    const { page } = opened;
    const chart = page.getByRole('img', { name: /^vol-0b22b22b22b22b222/ });
    expect(await chart.isVisible()).toBe(false);
    await page.getByRole('link', { name: 'vol-0b22b22b22b22b222' }).click();
    await expect.poll(() => chart.isVisible()).toBe(true);
    const { height = 0 } = (await chart.boundingBox()) ?? {};
    expect(height).toBeGreaterThan(250);
  });

  it('says everything without its script too, and offers nothing that could not work', async () => {
    const opened = await openReport(browser, html, { javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.getByRole('row').count()).toBe(1 + 6 + 6);
    expect(await page.locator('button:visible, input:visible, select:visible').count()).toBe(0);
    await page.locator('summary').first().click();
    expect(await page.getByRole('img').first().isVisible()).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has enough contrast on %s', async (colorScheme) => {
    const opened = await openReport(browser, html, { colorScheme });
    await openAll(opened.page);
    expect(await opened.page.evaluate(WEAK_TEXTS)).toEqual([]);
  });

  it('fits a phone: nothing sticks out, no text is tiny, rows are cards, sorting stays', async () => {
    const opened = await openReport(browser, html, phone);
    const { page } = opened;
    await openAll(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.evaluate(SMALLEST_TEXT)).toBeGreaterThanOrEqual(11);
    const card = await page.locator('#table tbody tr').first().boundingBox();
    expect(card?.width).toBeLessThanOrEqual(330);
    expect(card?.height).toBeGreaterThan(200);
    await page.getByLabel('Sort by').selectOption('Lowest balance');
    expect((await shownIds(page)).at(-1)).toBe('vol-0e55e55e55e55e555');
    expect(await page.getByRole('cell').count()).toBeGreaterThan(6 * 14 - 1);
  });

  it.each([true, false])(
    'is printed with every chart open and nothing to press (script: %s)',
    async (javaScriptEnabled) => {
      const opened = await openReport(browser, html, { javaScriptEnabled, colorScheme: 'dark' });
      const { page } = opened;
      await page.emulateMedia({ media: 'print' });
      const heights = await page
        .getByRole('img')
        .evaluateAll((charts) => charts.map((each) => each.getBoundingClientRect().height));
      expect(heights.filter((height) => height > 250)).toHaveLength(6);
      expect(await page.locator('#toolbar').isVisible()).toBe(false);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
      expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
      expect([...pdf.matchAll(/\/Type \/Page\b(?!s)/g)].length).toBeGreaterThan(3);
    },
  );

  it.each([
    { name: 'desktop.png', options: { viewport: { width: 1_280, height: 800 } }, media: 'screen' },
    { name: 'phone.png', options: phone, media: 'screen' },
    { name: 'print.png', options: sheetOfPaper, media: 'print' },
  ] as const)('leaves a picture of its whole length: $name', async ({ name, options, media }) => {
    const opened = await openReport(browser, html, options);
    const { page } = opened;
    await openAll(page);
    await page.emulateMedia({ media });
    const path = join(pictures, name);
    await page.screenshot({ path, fullPage: true });
    expect((await stat(path)).size).toBeGreaterThan(10_000);
  });
});
