/** Why something is not so on an endpoint, as far as somebody found out. */
export interface KnownCause {
  /** What the endpoint says that it is. */
  readonly endpoint: RegExp;
  /** The row's id. */
  readonly row: RegExp;
  /** What the run gave as its reason. */
  readonly reason: RegExp;
  /** Whose it is, and why, in whole sentences. */
  readonly says: string;
}

const causes: readonly KnownCause[] = [];

/** What is known of why a row is not so; undefined where nobody found out. */
export function knownCause(endpoint: string, row: string, reason: string): string | undefined {
  return causes.find((cause) => cause.endpoint.test(endpoint) && cause.row.test(row) && cause.reason.test(reason))
    ?.says;
}
