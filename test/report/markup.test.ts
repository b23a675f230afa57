import { describe, expect, it } from 'vitest';
import { html } from '../../cli/report/markup.ts';

describe('markup', () => {
  it('escapes texts, for elements and attributes alike', () => {
    const text = `<b title="x" class='y'>&amp;</b>`;
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(
      '<p title="&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;">&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;</p>',
    );
  });

  it('does not escape markup a second time, alone or in a list', () => {
    const item = html`<li>${'a & b'}</li>`;
    expect(html`<ul>${item}${[item, item]}</ul>`.markup).toBe(
      '<ul><li>a &amp; b</li><li>a &amp; b</li><li>a &amp; b</li></ul>',
    );
  });

  it.each([
    ['a NUL', 'a\u{0}b', 'a\u{fffd}b'],
    ['an escape', 'a\u{1b}[31mb', 'a\u{fffd}[31mb'],
    ['a line break', 'a\r\nb', 'a  b'],
    ['half a character', 'a\u{d800}b', 'a\u{fffd}b'],
  ])('does not let %s through', (_, text, shown) => {
    expect(html`${text}`.markup).toBe(shown);
  });
});
