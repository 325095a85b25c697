import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPython } from '../function/python.ts';
import { runtimeFault } from '../function/runtimes.ts';
import { startLambda } from '../lambda.fixture.ts';

const Runtime = 'python3.13';

test('a machine without a python3 on its path has no Python', () => {
  expect(findPython(['/nowhere', '/nowhere/else'].join(delimiter))).toBeUndefined();
  expect(runtimeFault('python2.7')).toContain('python2.7 is not served by this endpoint');
  expect(runtimeFault('java21')).toContain('java21 is not served by this endpoint');
});

// The endpoint refuses functions in Python on a machine that has none, so there is nothing else to test.
describe.runIf(findPython() !== undefined)('functions in Python', () => {
  const start = async (source: string, more: object = {}, files: Record<string, string> = {}) => {
    const started = startLambda();
    await started.deploy('f', { 'index.py': source, ...files }, { Runtime, Timeout: 20, ...more });
    return started;
  };

  test('run, with their event, their context and their modules', async () => {
    const { invoke } = await start(
      `
import json, os
from inside.other import double

def handler(event, context):
    return {
        "twice": double(event["n"]),
        "name": context.function_name,
        "arn": context.invoked_function_arn,
        "id": len(context.aws_request_id),
        "memory": context.memory_limit_in_mb,
        "left": context.get_remaining_time_in_millis() > 0,
        "custom": context.client_context.custom,
        "endpoint": os.environ["AWS_ENDPOINT_URL"],
        "secret": [name for name in os.environ if name.startswith("_LAMBDA")],
        "word": "ü",
    }`,
      {},
      { 'inside/__init__.py': '', 'inside/other.py': 'def double(n):\n    return 2 * n\n' },
    );
    const ClientContext = Buffer.from('{"custom":{"a":1}}').toString('base64');
    const { result, FunctionError } = await invoke('f', { n: 4 }, { ClientContext });
    expect([FunctionError, result]).toEqual([
      undefined,
      {
        ...{ twice: 8, name: 'f', id: 36, memory: '128', left: true, custom: { a: 1 }, secret: [], word: 'ü' },
        arn: expect.stringMatching(/:function:f$/),
        endpoint: 'http://127.0.0.1:4566',
      },
    ]);
  });

  test('log what they print, and by the logging module', async () => {
    const { invoke } = await start(`
import logging, sys
logger = logging.getLogger()
logger.setLevel("INFO")

def handler(event, context):
    print("one")
    sys.stderr.write("two\\n")
    logger.info("three\\nof two lines")
    logger.debug("not this")
    sys.stdout.write("four, without an end")
    return None`);
    const { log, result } = await invoke('f', {}, { LogType: 'Tail' });
    expect(result).toBeNull();
    expect(log.split('\n').slice(1, 6)).toEqual([
      'one',
      'two',
      expect.stringMatching(/^\[INFO\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tthree$/),
      'of two lines',
      'four, without an end',
    ]);
    expect(log).toMatch(/REPORT RequestId: .*Max Memory Used: [1-9]\d* MB/);
  });

  test('tell of their errors as Lambda does, and go on', async () => {
    const { invoke } = await start(`
import datetime

def bake(recipe):
    raise ValueError("no " + recipe)

def handler(event, context):
    return bake(event["recipe"]) if "recipe" in event else datetime.datetime.now() if "now" in event else 1`);
    const { FunctionError, result, log } = await invoke('f', { recipe: 'spritz' }, { LogType: 'Tail' });
    expect(FunctionError).toBe('Unhandled');
    expect(result).toEqual({
      errorMessage: 'no spritz',
      errorType: 'ValueError',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stackTrace: [
        expect.stringMatching(/^ {2}File ".*index\.py", line 8, in handler\n/),
        expect.stringMatching(/^ {2}File ".*index\.py", line 5, in bake\n/),
      ],
    });
    expect(log).toContain('[ERROR] ValueError: no spritz\nTraceback (most recent call last):\n  File "');
    expect((await invoke('f', { now: 1 })).result).toMatchObject({
      errorType: 'Runtime.MarshalError',
      errorMessage: 'Unable to marshal response: Object of type datetime is not JSON serializable',
    });
    expect((await invoke('f')).result).toBe(1);
  });

  test.each([
    [
      'a module that is missing',
      'import nowhere',
      {},
      'ImportModuleError',
      "Unable to import module 'index': No module",
    ],
    ['another module', '', { Handler: 'other.handler' }, 'ImportModuleError', "Unable to import module 'other'"],
    ['a syntax error', 'def handler(:', {}, 'UserCodeSyntaxError', "Syntax error in module 'index'"],
    ['no such handler', '', {}, 'HandlerNotFound', "Handler 'handler' missing on module 'index'"],
    ['a bad name', '', { Handler: 'index' }, 'MalformedHandlerName', "Bad handler 'index'"],
  ])('cannot be loaded for %s', async (_what, source, more, errorType, message) => {
    const { invoke } = await start(source, more);
    expect((await invoke('f')).result).toMatchObject({
      errorType: `Runtime.${errorType}`,
      errorMessage: expect.stringContaining(message),
    });
  });

  test('time out, and their process goes', async () => {
    const { invoke, environments } = await start('import time\ndef handler(event, context):\n    time.sleep(60)', {
      Timeout: 1,
    });
    expect((await invoke('f')).result).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(environments('f')).toEqual([]);
  });
});
