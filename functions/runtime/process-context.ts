import type { Context } from 'aws-lambda';

/**
 * What a handler is told of one call outside of Lambda. It may take `timeLimitMs` from now; then `httpFunction` and the
 * like give up, as they do shortly before Lambda would end them.
 */
export function processContext(requestId: string, timeLimitMs: number): Context {
  const deadline = performance.now() + timeLimitMs;
  const name = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? process.env['POWERTOOLS_SERVICE_NAME'] ?? 'process';
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: name,
    logGroupName: name,
    logStreamName: String(process.pid),
    memoryLimitInMB: '0',
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
