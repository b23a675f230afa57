import type { Tables } from '../dynamodb/tables.ts';
import type { Bus } from '../events/bus.ts';
import type { Schedules } from '../events/schedules.ts';
import type { Roles } from '../iam/roles.ts';
import type { EventSourceMappings } from '../lambda/event-source-mappings.ts';
import type { Functions } from '../lambda/functions.ts';
import type { QueueSource } from '../lambda/queue-source.ts';
import type { StreamSource } from '../lambda/stream-source.ts';
import { NotImitatedError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import type { Topics } from '../sns/topics.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Parameters } from '../ssm.ts';

/** The services of an account that a template creates resources in. */
export interface TemplateTarget {
  readonly simulation: Simulation;
  readonly region: string;
  readonly accountId: string;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly bus: Bus;
  readonly schedules: Schedules;
  readonly functions: Functions;
  readonly mappings: EventSourceMappings;
  readonly roles: Roles;
}

/** A created resource: what `Ref` and `Fn::GetAtt` give, and how to delete it. */
export interface Resource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly source?: QueueSource | StreamSource;
  readonly remove?: () => void;
}

/** How one CloudFormation resource type is created; other properties are refused. */
export interface ResourceKind {
  readonly properties: readonly string[];
  /** Properties that change nothing the twin shows (descriptions, encryption, tags). */
  readonly withoutEffect: readonly string[];
  create(properties: Properties, logicalId: string, target: TemplateTarget): Resource;
}

/** Resolved properties, read with the type they must have. */
export class Properties {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #owner: string;

  constructor(values: Readonly<Record<string, unknown>>, owner: string) {
    this.#values = values;
    this.#owner = owner;
  }

  get names(): readonly string[] {
    return Object.keys(this.#values);
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return value === undefined || typeof value === 'string' ? value : this.#refuse(name, 'a text');
  }

  /** CloudFormation takes numbers as texts too. */
  number(name: string): number | undefined {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.#refuse(name, 'a number');
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    if (value === 'true' || value === 'false') return value === 'true';
    return value === undefined || typeof value === 'boolean' ? value : this.#refuse(name, 'true or false');
  }

  map(name: string): Properties | undefined {
    const value = this.#values[name];
    return value === undefined ? undefined : this.#nested(name, value);
  }

  maps(name: string): readonly Properties[] {
    const value = this.#values[name] ?? [];
    return Array.isArray(value)
      ? value.map((member) => this.#nested(name, member))
      : this.#refuse(name, 'a list');
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name] ?? [];
    return Array.isArray(value) ? value.map(String) : this.#refuse(name, 'a list');
  }

  requiredText(name: string): string {
    return this.text(name) ?? this.#refuse(name, 'a text');
  }

  record(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  /** @throws NotImitatedError for anything given but not named here. */
  assertOnly(imitated: readonly string[], withoutEffect: readonly string[] = []): void {
    const other = this.names.find((name) => !imitated.includes(name) && !withoutEffect.includes(name));
    if (other !== undefined) {
      throw new NotImitatedError(
        `${this.#owner} property ${other} is not imitated; imitated: ${imitated.join(', ')}`,
      );
    }
  }

  #nested(name: string, value: unknown): Properties {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.#refuse(name, 'an object');
    return new Properties(value as Readonly<Record<string, unknown>>, `${this.#owner} ${name}`);
  }

  #refuse(name: string, expected: string): never {
    throw new NotImitatedError(
      `${this.#owner} property ${name} must be ${expected}, got ${JSON.stringify(this.#values[name])}`,
    );
  }
}

/** The entries of `values` that are defined, for optional fields. */
export function defined<Values extends Readonly<Record<string, unknown>>>(
  values: Values,
): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Values]?: Exclude<Values[Name], undefined> };
}
