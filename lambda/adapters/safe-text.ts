/** Control characters, line breaks included; a tab or newline in a tag becomes a space. */
const control = /[\p{Cc}\u2028\u2029]+/gu;
/** Zero-width, bidirectional, tag and filler characters: a name must look like what it is. */
const invisible = /\p{Cf}|\p{Cs}|\p{Default_Ignorable_Code_Point}|\u2800/gu;
const cutMark = '...';

/**
 * What a channel may show of a text that holds words from tags: one line, nothing invisible, nothing that turns the
 * reading direction. Every channel's text goes through here; it may follow with its own escaping.
 */
export const singleLine = (text: string): string => text.replace(control, ' ').replace(invisible, '');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Slack has no escape for its formatting marks, so they are replaced by characters that look alike and format nothing. */
const lookAlikes: Readonly<Record<string, string>> = { '`': '\u02BC', '*': '\u2217', '~': '\u223C' };

/**
 * For Slack's mrkdwn and plain_text: no mention, link, formatting or code fence can come out of it. At most `limit`
 * UTF-16 units after escaping, as Slack counts, cut between characters and with a mark.
 */
export function slackText(text: string, limit = Number.POSITIVE_INFINITY): string {
  const pieces = [...withoutItalics(singleLine(text))].map(
    (character) => entities[character] ?? lookAlikes[character] ?? character,
  );
  return fitted(pieces, limit);
}

/** An underscore formats only at the edge of a word; inside, as in UPDATE_IN_PROGRESS, it stays. */
const withoutItalics = (text: string): string =>
  text.replace(/(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, (marks) => '\u02CD'.repeat(marks.length));

function fitted(pieces: readonly string[], limit: number): string {
  const whole = pieces.join('');
  if (whole.length <= limit) return whole;
  let kept = '';
  for (const piece of pieces) {
    if (kept.length + piece.length + cutMark.length > limit) break;
    kept += piece;
  }
  return `${kept}${cutMark}`;
}

/** For an SNS subject: printable ASCII only, accents dropped, everything else a question mark. */
export const asciiText = (text: string): string =>
  singleLine(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7E]/gu, '?');
