/**
 * Where an invocation dies: before or after its n-th call, or a call of a given operation (`ModifyVolume`,
 * `chat.postMessage`). Before: the call has no effect. After: it has, and its reply is lost.
 */
export type CrashPoint = { readonly before: number | string } | { readonly after: number | string };

/** Crashes that are still to come, by function. */
export class CrashPlan {
  readonly #points = new Map<string, CrashPoint[]>();

  add(functionName: string, point: CrashPoint): void {
    this.#points.set(functionName, [...(this.#points.get(functionName) ?? []), point]);
  }

  clear(): void {
    this.#points.clear();
  }

  /** True once for each planned crash; the run that reaches it first takes it. */
  strikes(functionName: string, moment: 'before' | 'after', operation: string, call: number): boolean {
    const points = this.#points.get(functionName) ?? [];
    const index = points.findIndex((point) => {
      const wanted =
        moment === 'before' ? 'before' in point && point.before : 'after' in point && point.after;
      return wanted === operation || wanted === call;
    });
    if (index >= 0) points.splice(index, 1);
    return index >= 0;
  }
}
