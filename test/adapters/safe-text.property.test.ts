import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { asciiText, singleLine, slackText } from '../../lambda/adapters/safe-text.ts';

// cspell:ignore Größe
test.each([
  ['a newline becomes a space', 'a\r\nb', 'a b'],
  ['an escape sequence loses its escape', '\u001B[1m', ' [1m'],
  ['a direction override is dropped', 'a\u202Eb', 'ab'],
  ['a zero-width space is dropped', 'a\u200Bb', 'ab'],
  ['a filler that looks empty is dropped', 'a\u3164\u2800b', 'ab'],
  ['half a surrogate pair is dropped', 'a\uD83Db', 'ab'],
  ['other scripts stay', 'Größe 数据 قرص', 'Größe 数据 قرص'],
])('%s', (_what, text, safe) => {
  expect(singleLine(text)).toBe(safe);
});

test.each([
  ['a channel mention is shown, not made', '<!channel> hi', '&lt;!channel&gt; hi'],
  ['a user mention is shown, not made', '<@U012AB3CD>', '&lt;@U012AB3CD&gt;'],
  ['a link is shown, not made', '<https://evil.example|AWS>', '&lt;https://evil.example|AWS&gt;'],
  ['an entity is shown as written', '&lt;', '&amp;lt;'],
  ['code fences do not open', '```', '\u02BC\u02BC\u02BC'],
  ['bold does not start', '*prod*', '∗prod∗'],
  ['strike does not start', '~old~', '∼old∼'],
  ['italics do not start', '_db_', '\u02CDdb\u02CD'],
  ['an underscore inside a word stays', 'UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'],
])('%s', (_what, text, safe) => {
  expect(slackText(text)).toBe(safe);
});

test('a cut never leaves half an entity', () => {
  expect(slackText('a<<<<', 12)).toBe('a&lt;&lt;...');
});

test('a subject keeps letters without their accents and marks the rest', () => {
  expect(asciiText('Größe café 数\n')).toBe('Gro?e cafe ? ');
});

property.prop([fc.string({ unit: 'binary' }), fc.integer({ min: 10, max: 200 })])(
  'nothing in a tag can mention, link, format or fence in Slack, nor exceed its limit',
  (text, limit) => {
    const safe = slackText(text, limit);
    expect(safe.length).toBeLessThanOrEqual(limit);
    expect(safe.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>`*~\n\r\u202A-\u202E\u2066-\u2069\u200B]/);
  },
);

property.prop([fc.string({ unit: 'binary' })])(
  'a subject is printable ASCII whatever a tag holds',
  (text) => {
    expect(asciiText(text)).toMatch(/^[\x20-\x7E]*$/);
  },
);
