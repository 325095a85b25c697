import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy, { type MiddlewareObj, type MiddyfiedHandler } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/**
 * Wraps a plain function into a Lambda handler: its log lines carry the request's id, its metrics are written out, and an
 * error is logged before it is reported to Lambda.
 */
export function lambdaFunction<Event, Result>(
  work: (event: Event, context: Context) => Promise<Result>,
  { logger, metrics }: Telemetry,
): MiddyfiedHandler<Event, Result> {
  return middy<Event, Result>()
    .use(injectLambdaContext(logger))
    .use(writeMetrics(metrics))
    .onError(({ error }) => logger.error('FunctionFailed', { error }))
    .handler(work);
}

/**
 * Like the middleware of Powertools, but silent in an invocation that counted nothing, where that one warns.
 *
 * The first invocation of an environment is counted as `ColdStart`, by the function's name. Where Lambda does not start
 * the process (a server, a task), there is none.
 */
export function writeMetrics(metrics: Metrics): MiddlewareObj {
  const write = () => {
    if (metrics.hasStoredMetrics()) {
      metrics.publishStoredMetrics();
    }
  };
  return {
    before: ({ context }) => metrics.captureColdStartMetric(context.functionName),
    after: write,
    onError: write,
  };
}
