import * as v from 'valibot';

/**
 * Reads a handler's variables once, when the function starts.
 * @throws Error naming every variable that is missing or malformed, what was got and what was expected.
 */
export function parseEnvironment<Schema extends v.GenericSchema>(
  handler: string,
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, environment);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? '?'}: ${issue.message}`);
  throw new Error(
    `${handler} cannot start, its environment is wrong (redeploy the stack): ${faults.join('; ')}`,
  );
}

/** A variable that must be there and not empty. */
export const text = v.pipe(
  v.string('expected a value, got none'),
  v.nonEmpty('expected a value, got an empty one'),
);

/** A variable that may be left out; the construct leaves it out rather than empty. */
export const optionalText = v.optional(text);
