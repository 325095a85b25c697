/** What went wrong, as far as anybody said: of several addresses of one name, what went wrong at each. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) {
    return cause.errors.map(reasonOf).join('; ');
  }
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
