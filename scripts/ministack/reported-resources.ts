/** One resource as a stack reports it. */
export interface ReportedResource {
  readonly LogicalResourceId: string | undefined;
  readonly ResourceType: string | undefined;
  readonly ResourceStatus: string | undefined;
}

/**
 * A template against what a stack reports, by logical id.
 * @param expected type by logical id
 * @returns one line for each resource that is missing, of another type, not created, or in the stack only
 */
export function notAsSynthesized(
  expected: ReadonlyMap<string, string>,
  reported: readonly ReportedResource[],
): readonly string[] {
  const byId = new Map(reported.map((resource) => [resource.LogicalResourceId, resource]));
  const wrong = [...expected].flatMap(([id, type]) => {
    const resource = byId.get(id);
    if (resource === undefined) return [`${id} (${type}) is not reported`];
    const { ResourceType, ResourceStatus } = resource;
    if (ResourceType !== type) return [`${id} is reported as ${ResourceType}, expected ${type}`];
    return ResourceStatus === 'CREATE_COMPLETE' ? [] : [`${id} (${type}) is ${ResourceStatus}`];
  });
  const foreign = [...byId.keys()].filter((id) => id === undefined || !expected.has(id));
  return [...wrong, ...foreign.map((id) => `${id} is reported and not in the template`)];
}

/** Type by logical id. Metadata of CDK itself is no resource that anybody creates. */
export function resourcesOf(template: {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(template.Resources)
      .map(([id, { Type }]) => [id, Type] as const)
      .filter(([, type]) => type !== 'AWS::CDK::Metadata'),
  );
}
