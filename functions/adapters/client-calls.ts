/**
 * How every client calls AWS. A handler makes each client once, outside of its function, so that connections are kept
 * open from one invocation to the next. Where AWS is, and as whom it is called, the SDK reads from the environment.
 *
 * A call that hangs is given up and tried again (twice, by the SDK's default) while the function still has time to say so;
 * by default the SDK would wait forever.
 */
export const clientCalls = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;
