import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const text = v.pipe(v.string(), v.nonEmpty());

export const timeChange = v.union([
  v.strictObject({ advanceSeconds: v.pipe(amount, v.maxValue(90 * 86_400)) }),
  v.strictObject({ speed: v.pipe(amount, v.maxValue(100_000)) }),
]);

export const newVolume = v.strictObject({
  type: v.picklist(['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard']),
  sizeGiB: count,
  iops: v.optional(count),
  throughput: v.optional(count),
  tags: v.optional(v.record(text, v.string()), {}),
  /** Only attached volumes do I/O and have metrics. */
  attached: v.optional(v.boolean(), true),
});

export const newLoad = v.strictObject({
  iops: amount,
  ioKiB: v.optional(v.pipe(amount, v.minValue(0.5), v.maxValue(1_024)), 16),
  readShare: v.optional(v.pipe(amount, v.maxValue(1)), 0.5),
});

export const newFault = v.strictObject({
  service: v.optional(text),
  operation: v.optional(text),
  /** The access key id of who calls. */
  principal: v.optional(text),
  /** `after`: the call takes effect and its answer is lost or replaced. */
  when: v.optional(v.picklist(['before', 'after']), 'before'),
  /** Left out: the connection is cut without an answer. */
  error: v.optional(
    v.strictObject({
      code: v.pipe(v.string(), v.regex(/^[\w.]+$/)),
      message: v.optional(v.string(), 'a scripted fault of the simulated account'),
      status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)), 400),
    }),
  ),
  times: v.optional(count, 1),
});

/** @throws RangeError that says which field is wrong, what it was and what was expected */
export function understood<Schema extends v.GenericSchema>(
  schema: Schema,
  body: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, parsed(body));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? 'body';
  throw new RangeError(`${field}: got ${issue.received}, expected ${issue.expected ?? issue.message}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RangeError(`body: got ${JSON.stringify(body.slice(0, 80))}, expected JSON`);
  }
}
