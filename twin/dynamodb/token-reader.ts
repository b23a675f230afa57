import type { AttributeValue } from './attribute-value.ts';
import type { DocumentPath } from './expression.ts';
import { invalid } from './invalid.ts';
import type { Placeholders } from './placeholders.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

export type ExpressionName =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'UpdateExpression';

const TOKEN = /\s*([A-Za-z_][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|\d+|<>|<=|>=|[=<>()[\],.+-])/y;

/** The tokens of one expression, read front to back; everything it refuses is worded as DynamoDB words it. */
export class TokenReader {
  readonly #tokens: readonly string[];
  readonly #placeholders: Placeholders;
  readonly expression: ExpressionName;
  #next = 0;

  constructor(text: string, expression: ExpressionName, placeholders: Placeholders) {
    this.expression = expression;
    this.#placeholders = placeholders;
    if (text.trim() === '') throw this.refuse('The expression can not be empty;');
    this.#tokens = this.#split(text);
  }

  #split(text: string): string[] {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    for (let at = 0; at < end; at = TOKEN.lastIndex) {
      const match = TOKEN.exec(text);
      if (match === null)
        throw this.#syntaxError(text.slice(at).trim().slice(0, 1), text.slice(at).trim().slice(0, 10));
      tokens.push(match[1] as string);
    }
    return tokens;
  }

  get peeked(): string | undefined {
    return this.#tokens[this.#next];
  }

  /** Keywords are matched whatever their case, function names exactly. */
  isKeyword(keyword: string): boolean {
    return this.peeked?.toUpperCase() === keyword;
  }

  takeIf(token: string): boolean {
    const matches = this.peeked === token;
    if (matches) this.#next += 1;
    return matches;
  }

  takeKeywordIf(keyword: string): boolean {
    const matches = this.isKeyword(keyword);
    if (matches) this.#next += 1;
    return matches;
  }

  take(): string {
    const token = this.peeked;
    if (token === undefined) throw this.unexpected();
    this.#next += 1;
    return token;
  }

  expect(token: string): void {
    if (!this.takeIf(token)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.peeked !== undefined) throw this.unexpected();
  }

  /** `name(` ahead: a function call, which a path cannot look like. */
  get calledFunction(): string | undefined {
    return this.#tokens[this.#next + 1] === '(' ? this.peeked : undefined;
  }

  value(): AttributeValue | undefined {
    return this.peeked?.startsWith(':') ? this.#placeholders.value(this.take(), this.expression) : undefined;
  }

  path(): DocumentPath {
    const path: (string | number)[] = [this.#name()];
    for (;;) {
      if (this.takeIf('.')) path.push(this.#name());
      else if (this.takeIf('[')) path.push(this.#index());
      else return path;
    }
  }

  #name(): string {
    if (!/^[A-Za-z_#]/.test(this.peeked ?? '')) throw this.unexpected();
    const token = this.take();
    if (token.startsWith('#')) return this.#placeholders.name(token, this.expression);
    if (RESERVED_WORDS.has(token.toUpperCase())) {
      throw this.refuse(`Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    return token;
  }

  #index(): number {
    if (!/^\d+$/.test(this.peeked ?? '')) throw this.unexpected();
    const index = Number(this.take());
    this.expect(']');
    return index;
  }

  refuse(reason: string): Error {
    return invalid(`Invalid ${this.expression}: ${reason}`);
  }

  unexpected(): Error {
    const near = this.#tokens.slice(Math.max(0, this.#next - 1), this.#next + 2).join(' ');
    return this.#syntaxError(this.peeked ?? '<EOF>', near);
  }

  #syntaxError(token: string, near: string): Error {
    return this.refuse(`Syntax error; token: "${token}", near: "${near}"`);
  }
}
