/** Lets a test say which operation of a fake fails next, and how often; keeps every call. */
export class ScriptedFailures {
  readonly calls: string[] = [];
  readonly #failures = new Map<string, Error[]>();

  failNext(operation: string, times = 1, error: Error = new Error(`${operation} failed`)): void {
    const waiting = this.#failures.get(operation) ?? [];
    this.#failures.set(operation, [...waiting, ...Array<Error>(times).fill(error)]);
  }

  /** Called first by every operation of a fake. */
  protected called(operation: string): void {
    this.calls.push(operation);
    const failure = this.#failures.get(operation)?.shift();
    if (failure !== undefined) throw failure;
  }

  count(operation: string): number {
    return this.calls.filter((call) => call === operation).length;
  }
}
