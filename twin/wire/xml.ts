import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, StaticStructureSchema } from '@smithy/types';

/** 0 stands for text, as in the SDK's schemas. */
type Members = { readonly [name: string]: 0 | Members | NormalizedSchema };

/** What surrounds an operation's own shape in an answer. */
export interface XmlStructure {
  readonly members: Members;
  readonly value: object;
}

/** A document with `name` as its root element. */
export function xml(name: string, namespace: string, { members, value }: XmlStructure): string {
  const serializer = new XmlShapeSerializer({
    xmlNamespace: namespace,
    serviceNamespace: '',
    timestampFormat: { useTrait: true, default: 5 },
  });
  serializer.write(structure(name, members), value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serializer.flush()}`;
}

const structure = (name: string, members: Members): StaticStructureSchema => [
  3,
  '',
  name,
  0,
  Object.keys(members),
  Object.entries(members).map(([key, member]) => schemaOf(key, member)),
];

/** A shape of its own would go by its own name; by what it consists of, it takes the name of the member. */
function schemaOf(name: string, member: Members[string]): $SchemaRef {
  if (member === 0) return member;
  if (!isSchema(member)) return structure(name, member);
  return member.isMemberSchema() ? member : member.getSchema();
}

const isSchema = (member: Members | NormalizedSchema): member is NormalizedSchema => 'getSchema' in member;
