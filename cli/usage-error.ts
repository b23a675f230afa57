/** What a person asked for that cannot be; a line for each fault: what was got, what was expected, what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
