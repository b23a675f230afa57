/** HTML that is safe to put into a page as it is. Only `html` makes it, so that no text gets there unescaped. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/** Texts and numbers are escaped, for elements and for attributes in double quotes alike; markup goes in as it is. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, index) => `${text}${rendered(parts[index] ?? '')}`).join(''),
});

export const nothing: Markup = { markup: '' };

function rendered(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters have no place in HTML; one that came in a tag shows as a replacement character. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, (character) => (/\s/.test(character) ? ' ' : '\u{fffd}'))
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
