import type { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from '../service-error.ts';

/** In EC2's dialect all lists are flat, names have a capital letter, and some have a name of their own. */
export type QueryDialect = 'query' | 'ec2';

/** `Filter.1.Name=size` as a tree; what is at a node itself is `text`. */
export interface ParameterTree {
  text?: string;
  readonly children: Map<string, ParameterTree>;
}

export function parameterTree(form: URLSearchParams): ParameterTree {
  const root: ParameterTree = { children: new Map() };
  for (const [name, value] of form) {
    let node = root;
    for (const part of name.split('.')) node = childOf(node, part);
    node.text = value;
  }
  return root;
}

function childOf(node: ParameterTree, name: string): ParameterTree {
  const known = node.children.get(name);
  if (known !== undefined) return known;
  const child: ParameterTree = { children: new Map() };
  node.children.set(name, child);
  return child;
}

/** @throws ServiceError `UnknownParameter` or `InvalidParameterValue`, with the parameter as it was sent */
export const readParameters = (
  schema: NormalizedSchema,
  tree: ParameterTree,
  dialect: QueryDialect,
): object => readStructure(schema, { node: tree, path: '', dialect });

interface Place {
  readonly node: ParameterTree;
  /** How the parameter was written. */
  readonly path: string;
  readonly dialect: QueryDialect;
}

function readStructure(schema: NormalizedSchema, place: Place): Record<string, unknown> {
  if (schema.isUnitSchema()) return {};
  const members = new Map(
    [...schema.structIterator()].map(([name, member]) => [
      keyOf(name, member, place.dialect),
      { name, member },
    ]),
  );
  const read: Record<string, unknown> = {};
  for (const [key, node] of place.node.children) {
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const known = members.get(key);
    if (known === undefined) {
      throw new ServiceError('UnknownParameter', `The parameter ${path} is not recognized`);
    }
    read[known.name] = readValue(known.member, { ...place, node, path });
  }
  return read;
}

function keyOf(name: string, member: NormalizedSchema, dialect: QueryDialect): string {
  const { xmlName = name, ec2QueryName } = member.getMergedTraits();
  if (dialect === 'query') return xmlName;
  return typeof ec2QueryName === 'string' ? ec2QueryName : xmlName.charAt(0).toUpperCase() + xmlName.slice(1);
}

function readValue(schema: NormalizedSchema, place: Place): unknown {
  if (schema.isStructSchema()) return readStructure(schema, place);
  if (schema.isListSchema()) return readList(schema, place);
  if (schema.isMapSchema()) return readMap(schema, place);
  return readText(schema, place);
}

function readList(schema: NormalizedSchema, place: Place): readonly unknown[] {
  const member = schema.getValueSchema();
  const isFlat = place.dialect === 'ec2' || schema.getMergedTraits().xmlFlattened === 1;
  const { xmlName = 'member' } = member.getMergedTraits();
  const items = isFlat ? place.node : place.node.children.get(xmlName);
  return inOrder(items).map(([index, node]) =>
    readValue(member, { ...place, node, path: `${place.path}.${index}` }),
  );
}

function readMap(schema: NormalizedSchema, place: Place): Readonly<Record<string, unknown>> {
  const isFlat = schema.getMergedTraits().xmlFlattened === 1;
  const { xmlName: keyName = 'key' } = schema.getKeySchema().getMergedTraits();
  const { xmlName: valueName = 'value' } = schema.getValueSchema().getMergedTraits();
  const entries = inOrder(isFlat ? place.node : place.node.children.get('entry'));
  return Object.fromEntries(
    entries.map(([index, { children }]) => {
      const value = { ...place, node: childOf({ children }, valueName), path: `${place.path}.${index}` };
      return [children.get(keyName)?.text ?? '', readValue(schema.getValueSchema(), value)];
    }),
  );
}

const inOrder = (node: ParameterTree | undefined): readonly [number, ParameterTree][] =>
  [...(node?.children ?? [])]
    .map(([index, child]): [number, ParameterTree] => [Number(index), child])
    .sort(([a], [b]) => a - b);

function readText(schema: NormalizedSchema, { node: { text = '' }, path }: Place): unknown {
  const must = (isRight: boolean, kind: string): void => {
    if (isRight) return;
    const message = `Invalid value '${text}' for ${path}. Must be ${kind}.`;
    throw new ServiceError('InvalidParameterValue', message);
  };
  if (schema.isBooleanSchema()) {
    must(text === 'true' || text === 'false', 'true or false');
    return text === 'true';
  }
  if (schema.isNumericSchema()) {
    must(text !== '' && !Number.isNaN(Number(text)), 'a number');
    return Number(text);
  }
  if (schema.isTimestampSchema()) {
    must(!Number.isNaN(Date.parse(text)), 'a timestamp');
    return new Date(text);
  }
  return schema.isBlobSchema() ? Uint8Array.from(Buffer.from(text, 'base64')) : text;
}
