/**
 * The identifiers that a handler reports as failed, as Lambda reads its answer with ReportBatchItemFailures: nothing
 * reported is success; an answer it cannot read fails the whole batch. Source: Lambda developer guide, "Implementing
 * partial batch responses".
 */
export function reportedFailures(result: unknown, identifiers: readonly string[]): ReadonlySet<string> {
  const everything = new Set(identifiers);
  if (typeof result !== 'object' || result === null) return new Set();
  const reported: unknown = 'batchItemFailures' in result ? result.batchItemFailures : undefined;
  if (reported === undefined || reported === null) return new Set();
  if (!Array.isArray(reported)) return everything;
  const failed = reported.map((failure: unknown) => identifierOf(failure));
  const isReadable = failed.every((identifier) => identifier !== undefined && everything.has(identifier));
  return isReadable ? new Set(failed as string[]) : everything;
}

function identifierOf(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return undefined;
  return typeof failure.itemIdentifier === 'string' ? failure.itemIdentifier : undefined;
}
