/** How many invocations of which functions are to be the last of their environments, for a fault port. */
export class KillsAtWork {
  readonly #left = new Map<string, number>();

  /** Means so many of the function's next invocations, and no others. */
  set(functionName: string, times: number): void {
    this.#left.set(functionName, times);
  }

  /** Whether an invocation that an environment takes is one of them. */
  takes(functionName: string): boolean {
    const left = this.#left.get(functionName) ?? 0;
    if (left > 0) this.#left.set(functionName, left - 1);
    return left > 0;
  }
}
