import type { AttributeValue, Item } from './attribute-value.ts';
import type { DocumentPath } from './expression.ts';
import { invalid } from './invalid.ts';

/** The value at `path`, or undefined where any step of it is missing. */
export function valueAt(item: Item, path: DocumentPath): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    value = typeof step === 'number' ? value?.L?.[step] : value?.M?.[step];
    if (value === undefined) return undefined;
  }
  return value;
}

/** Writes into `item`, which the caller owns. @throws ValidationException where the parent is missing or no map or list. */
export function setAt(item: Record<string, AttributeValue>, path: DocumentPath, value: AttributeValue): void {
  const parent = valueAt(item, path.slice(0, -1));
  const step = path.at(-1) as string | number;
  if (typeof step === 'string' && parent?.M !== undefined) parent.M[step] = value;
  // Past its end, DynamoDB appends to a list.
  else if (typeof step === 'number' && parent?.L !== undefined)
    parent.L[Math.min(step, parent.L.length)] = value;
  else throw invalid('The document path provided in the update expression is invalid for update');
}

export function removeAt(item: Record<string, AttributeValue>, path: DocumentPath): void {
  const parent = valueAt(item, path.slice(0, -1));
  const step = path.at(-1) as string | number;
  if (typeof step === 'string' && parent?.M !== undefined) delete parent.M[step];
  else if (typeof step === 'number' && parent?.L !== undefined) parent.L.splice(step, 1);
  else if (path.length > 1)
    throw invalid('The document path provided in the update expression is invalid for update');
}
