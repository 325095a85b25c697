/**
 * The Node.js runtime of an execution environment: loads the handler once, then asks the Runtime API for one invocation
 * after the other ("Using the Lambda runtime API for custom runtimes"). It is plain JavaScript because an environment
 * starts with every cold start, and stripping types from it would cost more than all the rest.
 */
import { finished } from 'node:stream/promises';
import { useCompileCache } from './compile-cache.mjs';
import { output, patchConsole } from './console.mjs';
import { restoreExistsSync } from './file-access.mjs';
import { callHandler, loadHandler } from './handler.mjs';
import { isStreaming, provideStreaming, ResponseStream } from './response-stream.mjs';
import { RuntimeApi } from './runtime-api.mjs';
import { errorBody, NodeJsExit, UnhandledPromiseRejection } from './runtime-error.mjs';

const { env } = process;
const api = new RuntimeApi(env.AWS_LAMBDA_RUNTIME_API);
const token = env._LAMBDA_LOG_TOKEN;
delete env._LAMBDA_LOG_TOKEN;
const keepCompiled = useCompileCache(env._LAMBDA_COMPILE_CACHE);
delete env._LAMBDA_COMPILE_CACHE;

/** Id of the invocation that the handler is busy with. */
let requestId;
let initialised = false;
const out = output(token);
const { error: logError } = patchConsole(out, {
  json: env.AWS_LAMBDA_LOG_FORMAT === 'JSON',
  level: env.AWS_LAMBDA_LOG_LEVEL,
  requestId: () => requestId,
});

restoreExistsSync();
provideStreaming();

process.on('uncaughtException', (error) => fail('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) =>
  fail('Unhandled Promise Rejection', new UnhandledPromiseRejection(reason), 128),
);
process.on('beforeExit', () => {
  const unanswered = requestId;
  // A callback that waits for the event loop to be empty answers just now.
  setImmediate(() => {
    if (!initialised || (unanswered !== undefined && unanswered === requestId)) {
      fail('Invoke Error', new NodeJsExit(), 13);
    }
  });
});

/** Reports an uncaught error, and ends the environment. */
async function fail(title, error, exitCode) {
  logError(title, error);
  await report(error).catch(() => undefined);
  process.exit(exitCode);
}

async function report(error) {
  await out.end(requestId ?? 'init');
  if (requestId !== undefined) {
    await api.invocationError(requestId, errorBody(error));
  } else if (!initialised) {
    await api.initError(errorBody(error));
  }
}

async function initialise() {
  try {
    return await loadHandler(env.LAMBDA_TASK_ROOT, env._HANDLER);
  } catch (error) {
    await fail('Uncaught Exception', error, 1);
  }
}

async function run(handler) {
  let next = api.next();
  for (;;) {
    const { context, event } = await next;
    requestId = context.awsRequestId;
    if (isStreaming(handler)) {
      await stream(handler, event, context);
      requestId = undefined;
      next = api.next();
      continue;
    }
    let response;
    let failure;
    try {
      response = JSON.stringify((await callHandler(handler, event, context)) ?? null) ?? 'null';
    } catch (error) {
      failure = errorBody(error);
      logError('Invoke Error', error);
    }
    // Everything the handler wrote is ahead of this mark, so that the endpoint knows when it has read all of it.
    out.end(requestId);
    const answered = failure ? api.invocationError(requestId, failure) : api.invocationResponse(requestId, response);
    requestId = undefined;
    // With the answer, in one write: there is nothing in how it is taken that the next would depend on.
    next = api.next();
    await answered;
  }
}

/** Runs a handler that writes its response by and by; it is over when both have ended. */
async function stream(handler, event, context) {
  const response = new ResponseStream((type) => api.beginResponse(requestId, type));
  const ended = finished(response);
  ended.catch(() => undefined);
  try {
    await handler(event, response, context);
    await ended;
    out.end(requestId);
  } catch (error) {
    logError('Invoke Error', error);
    out.end(requestId);
    if (response.begun) {
      await response.fail(error, errorBody(error));
    } else {
      await api.invocationError(requestId, errorBody(error));
    }
  }
}

const handler = await initialise();
initialised = true;
keepCompiled();
// Without the endpoint there is nothing left to do.
run(handler).catch(() => process.exit(1));
