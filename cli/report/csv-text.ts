/** One field of a CSV: quoted where it has to be, and never a formula. */
export const csvText = (text: string): string => quoted(harmless(text));

/**
 * Without control characters, which RFC 4180 has no place for. A spreadsheet takes a field that begins like this for a
 * formula; the apostrophe makes it text (OWASP, "CSV Injection").
 */
function harmless(text: string): string {
  const printable = text.toWellFormed().replaceAll(/\p{Cc}/gu, ' ');
  return /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(printable) ? `'${printable}` : printable;
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
