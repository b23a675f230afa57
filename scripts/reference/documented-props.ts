export interface DocumentedProp {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  /** `undefined` for a required one. */
  readonly fallback: string | undefined;
}

/**
 * The properties of one interface as its source documents them. It reads our own style, not all of TypeScript: one
 * JSDoc block, then one `readonly name?: type;` that does not break over lines.
 * @throws Error when the interface is not there or a property has no comment
 */
export function documentedProps(source: string, interfaceName: string): readonly DocumentedProp[] {
  const body = new RegExp(`interface ${interfaceName} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1];
  if (body === undefined) throw new Error(`expected an interface ${interfaceName}, found none`);
  const declared = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
  const documented = [...body.matchAll(/\/\*\*([\s\S]*?)\*\/\n {2}readonly (\w+)\??: (.*);/g)].map(
    ([, comment = '', name = '', type = '']) => ({ name, type, ...commentParts(comment) }),
  );
  const missing = declared.filter((name) => documented.every((prop) => prop.name !== name));
  if (missing.length > 0) throw new Error(`${interfaceName} does not document ${missing.join(', ')}`);
  return documented;
}

function commentParts(comment: string): Pick<DocumentedProp, 'text' | 'fallback'> {
  const plain = comment
    .replace(/^\s*\*? ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [text = '', fallback] = plain.split(' @default ');
  return { text, fallback };
}
