/** The part of a Babel node path that is read here. */
interface NodePath {
  readonly node: SyntaxNode;
  readonly parentPath: NodePath | null;
}

interface SyntaxNode {
  readonly type: string;
  readonly key?: { readonly name?: string };
  readonly id?: {
    readonly typeAnnotation?: {
      readonly typeAnnotation?: { readonly typeName?: { readonly name?: string } };
    };
  };
}

const prose = new Set(['name', 'fact', 'source', 'unknown']);

/**
 * Spares the words of a guard that nothing decides on: they are cells of docs/reference/guards.md, and
 * test/scripts/reference/pages.test.ts compares that page with them; it synthesizes a stack, too slow per mutant.
 */
function shouldIgnore({ node, parentPath }: NodePath): string | undefined {
  if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral') return undefined;
  const isProse = parentPath?.node.type === 'ObjectProperty' && prose.has(parentPath.node.key?.name ?? '');
  const declarator = parentPath?.parentPath?.parentPath?.node;
  const declared = declarator?.id?.typeAnnotation?.typeAnnotation?.typeName?.name;
  return isProse && declared === 'Guard' ? 'a cell of docs/reference/guards.md, compared there' : undefined;
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'prose-of-guards', value: { shouldIgnore } }];
