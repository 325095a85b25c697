import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';

/** Runs one handler's source with one event: the process behind `npm run invoke -- FUNCTION EVENT --local`. */
const [name = '', eventPath = ''] = process.argv.slice(2);

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const source = join(import.meta.dirname, '..', '..', 'functions', name, 'handler.ts');
const initStart = performance.now();
const { handler } = (await import(pathToFileURL(source).href)) as { handler: Handler };
const initMs = performance.now() - initStart;
// Imported, not read, so that Node's watch mode follows the event too.
const { default: event } = (await import(pathToFileURL(eventPath).href, { with: { type: 'json' } })) as {
  default: unknown;
};

const start = performance.now();
const took = () => `${(performance.now() - start).toFixed(2)} ms (the source, cold, ${initMs.toFixed(2)} ms to start)`;
try {
  const result = await handler(event, localContext(name));
  console.error(`ended after ${took()}`);
  console.log(JSON.stringify(result ?? null, undefined, 2));
} catch (error) {
  console.error(`failed after ${took()}`);
  console.error(error);
  process.exitCode = 1;
}

function localContext(name: string): Context {
  const functionName = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? name;
  const timeoutMs = Number(process.env['AWS_LAMBDA_FUNCTION_TIMEOUT'] ?? 3) * 1000;
  const deadline = Date.now() + timeoutMs;
  return {
    awsRequestId: crypto.randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${process.env['AWS_REGION']}:000000000000:function:${functionName}`,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '128',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
