/** Why something is not so on an endpoint, as far as that is known. */
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

const causes: readonly KnownCause[] = [
  {
    endpoint: /^LocalStack 4\.14\./,
    row: /^log-pipeline$/,
    reason: /^it counts 0 of/,
    says: 'It is LocalStack\'s: its Lambda stores LoggingConfig and does not heed it, so the log group that analytics follows stays empty. Its own log says so ("currently mocked").',
  },
  {
    endpoint: /^MiniStack 1\.5\./,
    row: /^log-pipeline$/,
    reason: /^it counts 0 of/,
    says: "It is MiniStack's: it takes the filter pattern of a subscription for words, so one that looks into JSON matches no line.",
  },
  {
    endpoint: /^LocalStack 4\.14\./,
    row: /^redeploy$/,
    reason: /what ran before it still runs|AWS::Lambda::Alias/,
    says: "It is LocalStack's: its CloudFormation has no update of AWS::Lambda::Alias. It leaves the alias where it was and says UPDATE_COMPLETE, or tries to create it again. Destroy the stage and deploy it anew, or release by `npm run pipeline`, which points the alias by Lambda.",
  },
];

/** What is known of why a row is not so; undefined where the cause is not known. */
export function knownCause(endpoint: string, row: string, reason: string): string | undefined {
  return causes.find((cause) => cause.endpoint.test(endpoint) && cause.row.test(row) && cause.reason.test(reason))
    ?.says;
}
