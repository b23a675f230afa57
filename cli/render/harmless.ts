/**
 * Without control characters and those that turn the direction of writing: anybody who may tag a volume names it, and an
 * escape sequence in its name would reach the terminal of whoever lists it.
 */
export const harmless = (name: string): string =>
  name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
