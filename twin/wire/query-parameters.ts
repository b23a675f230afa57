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
    if (known === undefined) throw notRecognized(path);
    read[known.name] = readValue(known.member, { ...place, node, path });
  }
  return read;
}

const notRecognized = (path: string): ServiceError =>
  new ServiceError('UnknownParameter', `The parameter ${path} is not recognized`);

/** What is not looked at must not look as if it had been. */
function demandOnly(names: readonly string[], path: string, children: ParameterTree['children']): void {
  const other = [...children.keys()].find((name) => !names.includes(name));
  if (other !== undefined) throw notRecognized(`${path}.${other}`);
}

function keyOf(name: string, member: NormalizedSchema, dialect: QueryDialect): string {
  const { xmlName = name, ec2QueryName } = member.getMergedTraits();
  if (dialect === 'query') return xmlName;
  return typeof ec2QueryName === 'string' ? ec2QueryName : xmlName.charAt(0).toUpperCase() + xmlName.slice(1);
}

function readValue(schema: NormalizedSchema, place: Place): unknown {
  const { text = '', children } = place.node;
  const isAggregate = schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema();
  if (isAggregate && text !== '') {
    const message = `Invalid value '${text}' for ${place.path}. Must be a list, a map or a structure.`;
    throw new ServiceError('InvalidParameterValue', message);
  }
  if (!isAggregate) demandOnly([], place.path, children);
  if (schema.isStructSchema()) return readStructure(schema, place);
  if (schema.isListSchema()) return readList(schema, place);
  if (schema.isMapSchema()) return readMap(schema, place);
  return readText(schema, place);
}

function readList(schema: NormalizedSchema, place: Place): readonly unknown[] {
  const member = schema.getValueSchema();
  const isFlat = place.dialect === 'ec2' || schema.getMergedTraits().xmlFlattened === 1;
  const { xmlName = 'member' } = member.getMergedTraits();
  return itemsOf(place, isFlat ? undefined : xmlName).map((item) => readValue(member, item));
}

function readMap(schema: NormalizedSchema, place: Place): Readonly<Record<string, unknown>> {
  const isFlat = schema.getMergedTraits().xmlFlattened === 1;
  const { xmlName: keyName = 'key' } = schema.getKeySchema().getMergedTraits();
  const { xmlName: valueName = 'value' } = schema.getValueSchema().getMergedTraits();
  return Object.fromEntries(
    itemsOf(place, isFlat ? undefined : 'entry').map(({ node: { children }, path }) => {
      demandOnly([keyName, valueName], path, children);
      const value = { ...place, node: childOf({ children }, valueName), path: `${path}.${valueName}` };
      return [children.get(keyName)?.text ?? '', readValue(schema.getValueSchema(), value)];
    }),
  );
}

/** What is numbered below `container`, or below the parameter itself where it has none, in the order of the numbers. */
function itemsOf(place: Place, container: string | undefined): readonly Place[] {
  if (container !== undefined) demandOnly([container], place.path, place.node.children);
  const { children } = container === undefined ? place.node : childOf(place.node, container);
  const path = container === undefined ? place.path : `${place.path}.${container}`;
  const numbers = [...children.keys()].sort((a, b) => Number(a) - Number(b));
  return numbers.map((number) => {
    if (!/^\d+$/.test(number)) throw notRecognized(`${path}.${number}`);
    return { ...place, node: childOf({ children }, number), path: `${path}.${number}` };
  });
}

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
