import { parseSync } from '@swc/core';

/** Values that differ from run to run or reach outside the process; the domain gets them as arguments. */
const outsideWorld = new Set([
  'process',
  'globalThis',
  'console',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Promise',
]);

/** swc gives this context to a name that no declaration in the file binds: a global, never a property or a parameter. */
const unbound = 1;

/** A node of swc's syntax tree, read without knowing every kind. */
type Node = Readonly<Record<string, unknown>>;

/** What makes a TypeScript source impure, each named once and sorted, e.g. `Date.now`, `await`. Empty means pure. */
export function impurities(source: string): readonly string[] {
  const found = new Set<string>();
  visit(parseSync(source, { syntax: 'typescript' }), (node) => {
    const impurity = impurityOf(node);
    if (impurity !== undefined) found.add(impurity);
  });
  return [...found].sort();
}

function impurityOf(node: Node): string | undefined {
  if (node['type'] === 'AwaitExpression' || node['await'] === true) return 'await';
  if (node['async'] === true) return 'async';
  if (node['type'] === 'MemberExpression') return clockOrChance(node);
  if (isDateOfNow(node)) return 'Date without a time';
  if (node['type'] === 'Identifier' && node['ctxt'] === unbound) return globalName(String(node['value']));
  return undefined;
}

/** `new Date()`; and `Date(…)`, which ignores its arguments. */
function isDateOfNow(node: Node): boolean {
  if (nameOf(node['callee']) !== 'Date') return false;
  return (
    node['type'] === 'CallExpression' || (node['type'] === 'NewExpression' && isEmpty(node['arguments']))
  );
}

function clockOrChance(member: Node): string | undefined {
  const access = `${nameOf(member['object'])}.${nameOf(member['property'])}`;
  return access === 'Date.now' || access === 'Math.random' ? access : undefined;
}

function globalName(name: string): string | undefined {
  return outsideWorld.has(name) ? name : undefined;
}

function nameOf(node: unknown): string {
  return isNode(node) && node['type'] === 'Identifier' ? String(node['value']) : '';
}

function isEmpty(nodes: unknown): boolean {
  return !Array.isArray(nodes) || nodes.length === 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (!isNode(value)) return;
  look(value);
  for (const child of Object.values(value)) visit(child, look);
}
