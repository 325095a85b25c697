import type { Context } from 'aws-lambda';

/** The context of an invocation that has a minute, or as long as a test says. */
export function testContext(remainingMs = 60_000): Context {
  return {
    awsRequestId: 'a9c1e6d2-0000-4000-8000-000000000001',
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:test',
    logGroupName: '/aws/lambda/test',
    logStreamName: 'test',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
