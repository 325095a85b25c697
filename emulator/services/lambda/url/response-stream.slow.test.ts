import { Lambda } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { serve } from '../../../gateway.fixture.ts';
import { startLambda } from '../lambda.fixture.ts';

/** Writes `events` one after the other, and goes on when it is asked to at the URL that its event names. */
const streaming = `
import { setTimeout } from 'node:timers/promises';
export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  const { ends = 'well', type, prelude, texts = [], gate } = event.queryStringParameters
    ? JSON.parse(event.queryStringParameters.input)
    : event;
  if (ends === 'before') throw new RangeError('nothing was said');
  if (type) stream.setContentType(type);
  const out = prelude ? awslambda.HttpResponseStream.from(stream, prelude) : stream;
  for (const [i, text] of texts.entries()) {
    if (i > 0 && gate) await fetch(gate);
    out.write(text);
  }
  if (ends === 'amid') throw new RangeError('said too little');
  out.end();
});`;

async function start(InvokeMode: 'RESPONSE_STREAM' | 'BUFFERED' = 'RESPONSE_STREAM', code = streaming) {
  const started = startLambda();
  await started.deploy('f', code, { Timeout: 20 });
  const { operations } = started;
  const { FunctionUrl } = await operations.CreateFunctionUrlConfig({ FunctionName: 'f', AuthType: 'NONE', InvokeMode });
  for (const [StatementId, Action] of [
    ['url', 'lambda:InvokeFunctionUrl'],
    ['fn', 'lambda:InvokeFunction'],
  ] as const) {
    operations.AddPermission({ FunctionName: 'f', Principal: '*', StatementId, Action });
  }
  const get = (input: object) => fetch(`${FunctionUrl}?input=${encodeURIComponent(JSON.stringify(input))}`);
  return { ...started, get };
}

/** A gate that a function waits at, and a test opens. */
async function gate() {
  const opened = Promise.withResolvers<void>();
  const page = { path: '/gate', answer: () => opened.promise.then(() => ({ status: 200, headers: {}, body: '' })) };
  const { url } = await serve([], { pages: [page] });
  return { url: `${url}/gate`, open: () => opened.resolve() };
}

test('a URL that streams hands on what is written before the rest of it is', async () => {
  const { get } = await start();
  const { url, open } = await gate();
  const prelude = { statusCode: 201, headers: { 'x-n': '1', 'content-type': 'text/html' }, cookies: ['a=1', 'b=2'] };
  const response = await get({ prelude, texts: ['<p>', '</p>'], gate: url });
  expect([response.status, response.headers.get('x-n'), response.headers.get('content-type')]).toEqual([
    201,
    '1',
    'text/html',
  ]);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  const reader = response.body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('<p>');
  open();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('</p>');
  expect((await reader?.read())?.done).toBe(true);
});

test('what a URL that streams answers', async () => {
  const { get } = await start();
  const typed = await get({ type: 'text/plain', texts: ['a', 'ü'] });
  expect([typed.status, typed.headers.get('content-type'), await typed.text()]).toEqual([200, 'text/plain', 'aü']);
  const untyped = await get({ texts: [] });
  expect([untyped.status, untyped.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  const bare = await get({ prelude: { statusCode: 404 } });
  expect([bare.status, await bare.text()]).toEqual([404, '']);
  expect((await get({ ends: 'before' })).status).toBe(502);
  const broken = await get({ type: 'text/plain', texts: ['half'], ends: 'amid' });
  await expect(broken.text()).rejects.toThrow();
  // The environment has lived through all of that.
  expect(await (await get({ texts: ['still here'] })).text()).toBe('still here');
});

test('a handler that does not stream is answered as it is', async () => {
  const { get } = await start(
    'RESPONSE_STREAM',
    'export const handler = async () => ({ statusCode: 404, body: "x" });',
  );
  const response = await get({});
  expect([response.status, await response.text()]).toEqual([200, '{"statusCode":404,"body":"x"}']);
});

test('a URL that does not stream collects what is written, and so does an invocation', async () => {
  const { get, invoke, operations } = await start('BUFFERED');
  expect(operations.GetFunctionUrlConfig({ FunctionName: 'f' }).InvokeMode).toBe('BUFFERED');
  const response = await get({ prelude: { statusCode: 201 }, texts: ['a', 'b'] });
  expect([response.status, await response.text()]).toEqual([201, 'ab']);
  expect(await invoke('f', { texts: ['{"n"', ':1}'] })).toMatchObject({ StatusCode: 200, result: { n: 1 } });
  expect(await invoke('f', { texts: ['{'], ends: 'amid' })).toMatchObject({
    FunctionError: 'Unhandled',
    result: { errorType: 'RangeError', errorMessage: 'said too little' },
  });
});

test('InvokeWithResponseStream, by the SDK', async () => {
  const { service, deploy } = await start();
  const { configuration } = await serve([service]);
  const client = new Lambda({ ...configuration, region: 'eu-west-1' });
  const events = async (input: object, FunctionName = 'f') => {
    const Payload = JSON.stringify(input);
    const { EventStream = [], ...head } = await client.invokeWithResponseStream({
      FunctionName,
      Payload,
      LogType: 'Tail',
    });
    const pieces: string[] = [];
    let complete: object | undefined;
    for await (const { PayloadChunk, InvokeComplete } of EventStream) {
      pieces.push(Buffer.from(PayloadChunk?.Payload ?? []).toString());
      complete = InvokeComplete ?? complete;
    }
    return { head, text: pieces.join(''), complete };
  };
  const well = await events({ texts: ['one ', 'two'] });
  expect(well).toMatchObject({
    head: { StatusCode: 200, ExecutedVersion: '$LATEST' },
    text: 'one two',
    complete: { LogResult: expect.any(String) },
  });
  expect(await events({ texts: ['one'], ends: 'amid' })).toMatchObject({
    text: 'one',
    complete: { ErrorCode: 'Unhandled', ErrorDetails: expect.stringContaining('RangeError') },
  });
  await deploy('plain', 'export const handler = async () => ({ a: 1 });');
  expect(await events({}, 'plain')).toMatchObject({ text: '{"a":1}' });
  await expect(events({}, 'nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
