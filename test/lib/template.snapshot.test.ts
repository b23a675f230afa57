import { expect, test } from 'vitest';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';

/** Hashes of code and of what is derived from it say nothing that a reader could check. */
const normalised = (template: unknown): string =>
  JSON.stringify(template, withoutMetadata, 2)
    .replace(/[0-9a-f]{64}/g, '<asset>')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<version>');

const withoutMetadata = (key: string, value: unknown) => (key === 'Metadata' ? undefined : value);

/** After an intended change: `npx vitest run test/lib/template.snapshot.test.ts -u`, and read the difference. */
test('the whole template is what somebody last agreed to', async () => {
  const { template } = synthesizedStack({
    mode: 'act',
    mailTo: ['storage@example.com'],
    slack: { channel: 'C0STORAGE', tokenParameter: '/slack/token' },
  });
  await expect(`${normalised(template)}\n`).toMatchFileSnapshot('../golden/ebs-burst.template.json');
});
