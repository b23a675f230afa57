import { type AttributeValue, acceptValue } from './attribute-value.ts';
import { invalid } from './invalid.ts';

/** The placeholder maps of one request and which of them its expressions used. */
export class Placeholders {
  readonly #names: Readonly<Record<string, string>> | undefined;
  readonly #values: Readonly<Record<string, AttributeValue>> | undefined;
  readonly #used = new Set<string>();

  constructor(names: Record<string, string> | undefined, values: Record<string, AttributeValue> | undefined) {
    if (names !== undefined && Object.keys(names).length === 0)
      throw invalid('ExpressionAttributeNames must not be empty');
    if (values !== undefined && Object.keys(values).length === 0)
      throw invalid('ExpressionAttributeValues must not be empty');
    this.#names = names;
    this.#values = values;
  }

  name(placeholder: string, expression: string): string {
    const name = this.#names?.[placeholder];
    if (name === undefined) {
      throw invalid(
        `Invalid ${expression}: An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    }
    this.#used.add(placeholder);
    return name;
  }

  value(placeholder: string, expression: string): AttributeValue {
    const value = this.#values?.[placeholder];
    if (value === undefined) {
      throw invalid(
        `Invalid ${expression}: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
    this.#used.add(placeholder);
    return acceptValue(value);
  }

  /** Called once every expression of the request is parsed: DynamoDB refuses leftovers. */
  assertAllUsed(hasExpression: boolean): void {
    this.#assertUsed('ExpressionAttributeNames', this.#names, hasExpression);
    this.#assertUsed('ExpressionAttributeValues', this.#values, hasExpression);
  }

  #assertUsed(parameter: string, given: object | undefined, hasExpression: boolean): void {
    if (given === undefined) return;
    if (!hasExpression) throw invalid(`${parameter} can only be specified when using expressions`);
    const unused = Object.keys(given).filter((placeholder) => !this.#used.has(placeholder));
    if (unused.length > 0) {
      throw invalid(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
    }
  }
}
