import { fc, test as property } from '@fast-check/vitest';
import { expect } from 'vitest';
import { slackMessage } from '../../lambda/adapters/slack-blocks.ts';
import { blocksError } from '../../twin/slack/block-limits.ts';
import { caseNotice, said } from '../fakes/case-notices.ts';
import { stamp } from './slack-under-test.ts';

const tag = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 256 }),
  fc.constantFrom('<'.repeat(256), '&'.repeat(256), '`*_~'.repeat(64), '😀'.repeat(128)),
);

property.prop([tag, tag, tag, fc.constantFrom(...Object.values(said)), fc.integer({ min: 1, max: 40 })])(
  'Slack takes every message, whatever the tags hold and however many disks',
  (name, owner, stack, what, disks) => {
    const notices = Array.from({ length: disks }, (_, index) =>
      caseNotice(what, { caseId: `EB-${index}`, about: { name, owner, stack } }),
    );
    const { text, blocks } = slackMessage(notices, stamp, {
      news: Array(25).fill(`db: ${name}`),
      note: 'a note',
    });
    expect(blocksError(blocks)).toBeUndefined();
    expect(text.length).toBeGreaterThan(0);
  },
);
