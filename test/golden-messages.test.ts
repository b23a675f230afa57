import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { slackMessage } from '../lambda/adapters/slack-blocks.ts';
import { mailOf } from '../lambda/adapters/sns-text.ts';
import { endingScenes } from './fakes/ending-scenes.ts';
import { houseScenes } from './fakes/house-scenes.ts';
import { diskScenes } from './fakes/message-scenes.ts';

const stamp = { version: '1.2.3', runbook: 'https://example.org/docs/runbook.md' };

const scenes = { ...diskScenes, ...endingScenes, ...houseScenes };

/** `UPDATE_GOLDEN=1 npx vitest run test/golden` rewrites them; then read every one as if it woke you. */
const rewrites = process.env['UPDATE_GOLDEN'] === '1' && process.env['CI'] === undefined;

function expectGolden(file: string, actual: string): void {
  const path = join(import.meta.dirname, 'golden', file);
  if (rewrites) writeFileSync(path, actual);
  const golden = existsSync(path)
    ? readFileSync(path, 'utf8')
    : `${file} is missing: write it with UPDATE_GOLDEN=1 npx vitest run test/golden, and read it`;
  expect(actual).toBe(golden);
}

test.each(Object.entries(scenes))('the mail about %s reads as the golden one', (name, dispatch) => {
  const { subject, body, need } = mailOf(dispatch, stamp);
  expectGolden(`${name}.txt`, `Subject: ${subject}\nneed: ${need}\n\n${body}`);
});

test.each(Object.entries(scenes))('the Slack message about %s reads as the golden one', (name, dispatch) => {
  const message = slackMessage(dispatch.kind === 'first' ? dispatch.notices : dispatch.all, stamp);
  expectGolden(`${name}.json`, `${JSON.stringify(message, undefined, 2)}\n`);
});

test.each(Object.entries(scenes))(
  'the mail about %s keeps to 72 columns, links and the one line of a heartbeat apart',
  (name, dispatch) => {
    const { subject, body } = mailOf(dispatch, stamp);
    const wrapped = body.split('\n').slice(name.startsWith('heartbeat') ? 1 : 0);
    const tooLong = wrapped.filter((line) => line.length > 72 && !line.includes('https://'));
    expect(tooLong).toEqual([]);
    expect(subject).toMatch(/^[\x20-\x7E]{1,99}$/);
  },
);

test.each(Object.entries(scenes))(
  'the Slack message about %s keeps within what Slack takes',
  (_name, dispatch) => {
    const { text, blocks } = slackMessage(dispatch.kind === 'first' ? dispatch.notices : dispatch.all, stamp);
    expect(text.length).toBeLessThanOrEqual(400);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_000);
  },
);
