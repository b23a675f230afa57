import type { Stacks } from '../cloudformation.ts';
import type { AsynchronousInvocations } from '../lambda/asynchronous-invocations.ts';
import { NotImitatedError } from '../service-error.ts';
import { type CustomResource, CustomResources } from './custom-resources.ts';
import { FUNCTION_RESOURCES } from './function-resources.ts';
import { IGNORED_ARNS, IGNORED_RESOURCES } from './ignored-resources.ts';
import { type References, resolve } from './intrinsics.ts';
import { LoadedStack } from './loaded-stack.ts';
import { MESSAGING_RESOURCES } from './messaging-resources.ts';
import { Properties, type Resource, type ResourceKind, type TemplateTarget } from './resource-kind.ts';
import { putRole } from './role-resource.ts';
import { STORAGE_RESOURCES } from './storage-resources.ts';

/** The parts of a synthesized CloudFormation template that are read. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface LoadContext {
  readonly target: TemplateTarget;
  readonly invocations: AsynchronousInvocations;
  readonly stacks: Stacks;
  readonly stackName: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

const KINDS: Readonly<Record<string, ResourceKind>> = {
  ...STORAGE_RESOURCES,
  ...MESSAGING_RESOURCES,
  ...FUNCTION_RESOURCES,
};

/**
 * Creates what a template declares, references first. Custom resources are listed, not run.
 * @throws NotImitatedError for resource types, properties and functions that the twin gives no meaning to
 */
export function loadTemplate(template: Template, context: LoadContext): LoadedStack {
  context.stacks.setStackStatus(context.stackName, 'CREATE_COMPLETE');
  const { id } = context.stacks.describe(context.stackName);
  const loading = new Loading(template, context, id);
  for (const logicalId of Object.keys(template.Resources)) loading.create(logicalId);
  const { region } = context.target;
  loading.roles();
  const outputs = loading.outputs();
  context.stacks.setOutputs(context.stackName, outputs);
  context.stacks.setMembers(
    context.stackName,
    [...loading.resources].map(([logicalId, { ref }]) => ({
      logicalId,
      physicalId: ref,
      type: template.Resources[logicalId]?.Type ?? '',
    })),
  );
  return new LoadedStack({
    id,
    name: context.stackName,
    simulation: context.target.simulation,
    stacks: context.stacks,
    resources: [...loading.resources].map(([logicalId, resource]) => ({
      logicalId,
      resource,
      path: constructPath(template.Resources[logicalId]) ?? logicalId,
      isRetained: template.Resources[logicalId]?.DeletionPolicy?.startsWith('Retain') ?? false,
    })),
    customResources: loading.customResources,
    alarms: loading.alarms,
    outputs,
    conversation: new CustomResources({ stackId: id, region, invocations: context.invocations }),
  });
}

/** CDK's path of the construct; the L1 resource inside a construct counts as the construct itself. */
function constructPath(declared: TemplateResource | undefined): string | undefined {
  const path = declared?.Metadata?.['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}

class Loading implements References {
  /** In the order of creation. */
  readonly resources = new Map<string, Resource>();
  readonly customResources: CustomResource[] = [];
  readonly alarms: Readonly<Record<string, unknown>>[] = [];
  readonly #template: Template;
  readonly #context: LoadContext;
  readonly #begun = new Set<string>();
  readonly #pseudoParameters: Readonly<Record<string, string | undefined>>;

  constructor(template: Template, context: LoadContext, stackId: string) {
    this.#template = template;
    this.#context = context;
    this.#pseudoParameters = {
      'AWS::Region': context.target.region,
      'AWS::AccountId': context.target.accountId,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': context.stackName,
      'AWS::StackId': stackId,
      'AWS::NoValue': undefined,
    };
  }

  create(logicalId: string): Resource {
    const existing = this.resources.get(logicalId);
    if (existing !== undefined) return existing;
    const declared = this.#template.Resources[logicalId];
    if (declared === undefined) throw new NotImitatedError(`the template has no resource ${logicalId}`);
    if (this.#begun.has(logicalId)) throw new NotImitatedError(`circular dependency through ${logicalId}`);
    this.#begun.add(logicalId);
    const resource = this.#build(logicalId, declared);
    this.resources.set(logicalId, resource);
    return resource;
  }

  ref = (name: string): unknown => {
    if (name in this.#pseudoParameters) return this.#pseudoParameters[name];
    const parameter = this.#template.Parameters?.[name];
    if (parameter === undefined) return this.create(name).ref;
    const value = this.#context.parameters?.[name] ?? parameter.Default;
    if (value === undefined) throw new NotImitatedError(`parameter ${name} has no default and was not given`);
    return value;
  };

  attribute = (logicalId: string, attribute: string): unknown => {
    const value = this.create(logicalId).attributes[attribute];
    if (value !== undefined) return value;
    const type = String(this.#template.Resources[logicalId]?.Type);
    if (type in IGNORED_RESOURCES) return this.#ignoredAttribute(type, logicalId, attribute);
    throw new NotImitatedError(`attribute ${attribute} of ${logicalId} is not imitated`);
  };

  outputs(): Readonly<Record<string, string>> {
    const entries = Object.entries(this.#template.Outputs ?? {});
    return Object.fromEntries(entries.map(([name, { Value }]) => [name, String(resolve(Value, this))]));
  }

  /** Last, because a role's policies name what is made after the role. */
  roles(): void {
    for (const [logicalId, { Type, Properties: properties = {} }] of Object.entries(
      this.#template.Resources,
    )) {
      if (Type !== 'AWS::IAM::Role') continue;
      const values = resolve(properties, this) as Readonly<Record<string, unknown>>;
      putRole(logicalId, new Properties(values, `${Type} ${logicalId}`), this.#context.target.roles);
    }
  }

  #build(logicalId: string, declared: TemplateResource): Resource {
    const { Type: type, Condition: condition } = declared;
    if (type in IGNORED_RESOURCES) return { ref: logicalId, attributes: {} };
    if (condition !== undefined)
      throw new NotImitatedError(`condition ${condition} of ${logicalId} is not imitated`);
    for (const other of [declared.DependsOn ?? []].flat()) this.create(other);
    if (type === 'AWS::IAM::Role')
      return { ref: logicalId, attributes: { Arn: this.#context.target.roles.arn(logicalId) } };
    const values = resolve(declared.Properties ?? {}, this) as Readonly<Record<string, unknown>>;
    if (type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::')) {
      return this.#customResource(logicalId, type, values);
    }
    if (type === 'AWS::CloudWatch::Alarm') return this.#alarm(logicalId, values);
    const kind = KINDS[type];
    if (kind === undefined)
      throw new NotImitatedError(`resource type ${type} (${logicalId}) is not imitated`);
    const properties = new Properties(values, `${type} ${logicalId}`);
    properties.assertOnly(kind.properties, kind.withoutEffect);
    return kind.create(properties, logicalId, this.#context.target);
  }

  #customResource(logicalId: string, type: string, properties: Readonly<Record<string, unknown>>): Resource {
    this.customResources.push({
      logicalId,
      type,
      functionArn: String(properties['ServiceToken']),
      properties,
    });
    return { ref: logicalId, attributes: {} };
  }

  #alarm(logicalId: string, properties: Readonly<Record<string, unknown>>): Resource {
    const { region, accountId } = this.#context.target;
    const name = String(properties['AlarmName'] ?? logicalId);
    this.alarms.push({ ...properties, AlarmName: name });
    return { ref: name, attributes: { Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}` } };
  }

  /** For policies, and where nothing in the twin reads it: an ARN as AWS would give it where the type is known. */
  #ignoredAttribute(type: string, logicalId: string, attribute: string): string {
    const { region, accountId } = this.#context.target;
    if (attribute !== 'Arn') return `${logicalId}.${attribute}`;
    const [service, resource] = IGNORED_ARNS[type]?.(logicalId) ?? ['not-imitated', logicalId];
    return `arn:aws:${service}:${region}:${accountId}:${resource}`;
  }
}
