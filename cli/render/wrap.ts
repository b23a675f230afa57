/** Of a terminal as it opens; a page shows as much without scrolling sideways. */
export const usualColumns = 80;

/** Of sentences: lines longer than this are hard to read, however wide the terminal is. */
const widest = 110;
/** And shorter ones, however narrow: a terminal without a size says that it has no columns. */
const narrowest = 60;

/** `columns` of the terminal, `undefined` where there is none. */
export const sentenceWidth = (columns: number | undefined, most = widest): number =>
  Math.max(narrowest, Math.min(most, columns ?? most));

/** Breaks between words; a word longer than `width` stays whole, and so do the text's own line ends. */
export const wrap = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));

/** `text` beside `label`; what does not fit goes on under where it began. */
export const hanging = (label: string, text: string, width: number): readonly string[] =>
  wrap(text, width - label.length).map(
    (line, index) => `${index === 0 ? label : ' '.repeat(label.length)}${line}`,
  );

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
