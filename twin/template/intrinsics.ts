import { NotImitatedError } from '../service-error.ts';

/** What references in a template can be resolved to. */
export interface References {
  /** For logical ids, parameters and pseudo parameters. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** The value with every intrinsic function replaced. Source: CloudFormation user guide, "Intrinsic function reference". */
export function resolve(value: unknown, references: References): unknown {
  if (Array.isArray(value))
    return value.map((member) => resolve(member, references)).filter((each) => each !== undefined);
  if (!isObject(value)) return value;
  const [name, argument] = Object.entries(value)[0] ?? [];
  if (Object.keys(value).length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[name];
    if (intrinsic === undefined)
      throw new NotImitatedError(`CloudFormation function ${name} is not imitated`);
    return intrinsic(argument, references);
  }
  const entries = Object.entries(value).map(([key, member]) => [key, resolve(member, references)] as const);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const INTRINSICS: Readonly<Record<string, (argument: unknown, references: References) => unknown>> = {
  Ref: (argument, { ref }) => ref(String(argument)),
  'Fn::GetAtt': (argument, { attribute }) => {
    const [logicalId, ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return attribute(String(logicalId), name.join('.'));
  },
  'Fn::Join': (argument, references) => {
    const [separator, parts] = argument as [string, unknown];
    return list(parts, references).map(String).join(separator);
  },
  'Fn::Select': (argument, references) => {
    const [index, parts] = argument as [unknown, unknown];
    return list(parts, references)[Number(resolve(index, references))];
  },
  'Fn::Split': (argument, references) => {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(text, references)).split(separator);
  },
  'Fn::Sub': (argument, references) => substitute(argument, references),
};

function list(parts: unknown, references: References): readonly unknown[] {
  const resolved = resolve(parts, references);
  return Array.isArray(resolved) ? resolved : [resolved];
}

/** `${Name}`, `${Resource.Attribute}`, own variables, and `${!Literal}`. */
function substitute(argument: unknown, references: References): string {
  const [text, variables] = Array.isArray(argument) ? (argument as [string, Json]) : [String(argument), {}];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in variables) return String(resolve(variables[name], references));
    const [logicalId, ...attribute] = name.split('.');
    const value =
      attribute.length > 0
        ? references.attribute(String(logicalId), attribute.join('.'))
        : references.ref(name);
    return String(value);
  });
}
