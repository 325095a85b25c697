import type { Context } from 'aws-lambda';

/**
 * Returns what a handler learns of one call outside of Lambda ("Using the Lambda context object to retrieve Node.js
 * function information"). It may take `timeLimitMs` from now; then `httpFunction` and the like give up, as they do
 * shortly before Lambda would end them.
 */
export function processContext(requestId: string, timeLimitMs: number): Context {
  const deadline = performance.now() + timeLimitMs;
  const { AWS_LAMBDA_FUNCTION_NAME, POWERTOOLS_SERVICE_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE = '0' } = process.env;
  const name = AWS_LAMBDA_FUNCTION_NAME ?? POWERTOOLS_SERVICE_NAME ?? 'process';
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: name,
    logGroupName: name,
    logStreamName: String(process.pid),
    memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    // A whole number, as Lambda's is: a caller that makes a timer of it may need one.
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
