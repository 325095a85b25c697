/** How many invocations of which functions are to be the last of their environments, for a fault port. */
export class KillsAtWork {
  readonly #left = new Map<string, number>();

  /** Means a number of the function's next invocations, and no others. */
  set(functionName: string, times: number): void {
    if (times > 0) {
      this.#left.set(functionName, times);
    } else {
      this.#left.delete(functionName);
    }
  }

  /** The functions that some are left for, and how many. */
  all(): { readonly function: string; readonly times: number }[] {
    return [...this.#left].map(([name, times]) => ({ function: name, times }));
  }

  /** How many are left for a function. */
  left(functionName: string): number {
    return this.#left.get(functionName) ?? 0;
  }

  /** Whether an invocation that an environment takes is one of them. */
  takes(functionName: string): boolean {
    const left = this.left(functionName);
    if (left > 0) {
      this.set(functionName, left - 1);
    }
    return left > 0;
  }
}
