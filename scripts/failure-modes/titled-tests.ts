import { parseSync } from '@swc/core';

/** A test as its file writes it: titles over tables keep their `%s` and `$name`. */
export interface TitledTest {
  /** Titles of its `describe` blocks and its own, joined by spaces. */
  readonly name: string;
  /** Every text and number in the tables it runs over, and in the constants of the file that these name. */
  readonly rows: ReadonlySet<string>;
}

/** A node of swc's syntax tree, read without knowing every kind. */
type Node = Readonly<Record<string, unknown>>;

interface Block {
  readonly kind: 'describe' | 'test';
  readonly title: string;
  readonly tables: readonly unknown[];
  readonly body: readonly unknown[];
}

type BlockKinds = ReadonlyMap<string, Block['kind']>;

const declaring: BlockKinds = new Map([
  ['describe', 'describe'],
  ['test', 'test'],
  ['it', 'test'],
]);
const testLibraries = new Set(['vitest', '@fast-check/vitest']);
/** What stands behind one of these may never run, or may run and fail. */
const disabling = new Set(['skip', 'skipIf', 'runIf', 'todo', 'fails']);

/**
 * The tests that a TypeScript source declares under titles written out in it. Skipped ones, those whose title is computed
 * and those that an imported function declares are not among them.
 */
export function titledTests(source: string): readonly TitledTest[] {
  const program: unknown = parseSync(source, { syntax: 'typescript' });
  const constants = constantsIn(program);
  const kinds = importedKinds(program);
  const testsIn = (node: unknown, titles: readonly string[], tables: readonly unknown[]): TitledTest[] => {
    const block = blockOf(node, kinds);
    if (block === 'disabled') return [];
    if (block === undefined) return children(node).flatMap((child) => testsIn(child, titles, tables));
    const named = [...titles, block.title];
    const over = [...tables, ...block.tables];
    if (block.kind === 'describe') return block.body.flatMap((part) => testsIn(part, named, over));
    return [{ name: named.join(' '), rows: textsIn(over, constants) }];
  };
  return testsIn(program, [], []);
}

/** What the names that the file imports from a test library declare, e.g. `property` for `import { test as property }`. */
function importedKinds(program: unknown): BlockKinds {
  const statements = isNode(program) ? children(program['body']) : [];
  const specifiers = statements
    .filter(isNode)
    .filter((statement) => testLibraries.has(writtenText(statement['source']) ?? ''))
    .flatMap((statement) => children(statement['specifiers']).filter(isNode));
  return new Map(
    specifiers.flatMap((specifier) => {
      const local = nameOf(specifier['local']);
      const kind = declaring.get(nameOf(specifier['imported']) || local);
      return kind === undefined ? [] : [[local, kind] as const];
    }),
  );
}

/** `describe('title', …)`, `test.each(table)('title', …)` and the like; `undefined` is any other node. */
function blockOf(node: unknown, kinds: BlockKinds): Block | 'disabled' | undefined {
  if (!isNode(node) || node['type'] !== 'CallExpression') return undefined;
  const callee = calleeOf(node['callee']);
  const kind = callee && kinds.get(callee.root);
  if (callee === undefined || kind === undefined) return undefined;
  if (callee.modifiers.some((modifier) => disabling.has(modifier))) return 'disabled';
  const [title, ...body] = argumentsOf(node);
  const text = writtenText(title);
  return text === undefined ? undefined : { kind, title: text, tables: callee.tables, body };
}

interface Callee {
  readonly root: string;
  readonly modifiers: readonly string[];
  readonly tables: readonly unknown[];
}

/** `test.only.each(table)` is `test`, modified by `only` and `each`, over `table`. */
function calleeOf(node: unknown): Callee | undefined {
  if (!isNode(node)) return undefined;
  if (node['type'] === 'Identifier') return { root: String(node['value']), modifiers: [], tables: [] };
  if (node['type'] === 'MemberExpression') {
    const object = calleeOf(node['object']);
    const property = isNode(node['property']) ? String(node['property']['value']) : '';
    return object && { ...object, modifiers: [...object.modifiers, property] };
  }
  if (node['type'] !== 'CallExpression') return undefined;
  const called = calleeOf(node['callee']);
  return called && { ...called, tables: [...called.tables, ...argumentsOf(node)] };
}

const argumentsOf = (call: Node): readonly unknown[] =>
  (Array.isArray(call['arguments']) ? call['arguments'] : []).map((argument: Node) => argument['expression']);

/** A string, or a template without anything to fill in. */
function writtenText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node['type'] === 'StringLiteral') return String(node['value']);
  if (node['type'] !== 'TemplateLiteral' || children(node['expressions']).length > 0) return undefined;
  const [only] = children(node['quasis']);
  return isNode(only) ? String(only['cooked']) : undefined;
}

/** What each name of the file is declared as; a name that is declared twice is all of it. */
function constantsIn(program: unknown): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  const visit = (node: unknown): void => {
    if (isNode(node) && node['type'] === 'VariableDeclarator' && isNode(node['id'])) {
      const name = String(node['id']['value']);
      found.set(name, [...(found.get(name) ?? []), node['init']]);
    }
    children(node).forEach(visit);
  };
  visit(program);
  return found;
}

function textsIn(
  tables: readonly unknown[],
  constants: ReadonlyMap<string, readonly unknown[]>,
): ReadonlySet<string> {
  const texts = new Set<string>();
  const followed = new Set<string>();
  const visit = (node: unknown): void => {
    const text = writtenText(node);
    if (text !== undefined) texts.add(text);
    if (isNode(node) && node['type'] === 'NumericLiteral') texts.add(String(node['value']));
    if (isNode(node) && node['type'] === 'Identifier') follow(String(node['value']));
    children(node).forEach(visit);
  };
  const follow = (name: string): void => {
    if (followed.has(name)) return;
    followed.add(name);
    for (const value of constants.get(name) ?? []) visit(value);
  };
  tables.forEach(visit);
  return texts;
}

const nameOf = (node: unknown): string => (isNode(node) ? String(node['value']) : '');

const children = (node: unknown): readonly unknown[] => (isNode(node) ? Object.values(node) : []);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
