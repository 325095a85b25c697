import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Lambda } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { describeInBrowser, openPage } from '../test/chromium.ts';
import { startEndpoint } from './endpoint.fixture.ts';

/** A web page of somebody else, in a real browser on the machine of the endpoint, tries what a page can try. */

const role = 'arn:aws:iam::000000000000:role/r';
const pageFunction = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Role: role,
  Code: { ZipFile: 'exports.handler = async () => {};' },
};
const template = JSON.stringify({
  Resources: {
    F: { Type: 'AWS::Lambda::Function', Properties: pageFunction },
    C: { Type: 'Custom::C', Properties: { ServiceToken: { 'Fn::GetAtt': ['F', 'Arn'] } } },
  },
});
const credential = (service: string) => `a/20260101/eu-west-1/${service}/aws4_request`;
const inQuery = (service: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential(service)}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`;

/** Runs in the page. Each try ends with what the page could read, or with why it could not. */
const script = `
const tries = {
  ...Object.fromEntries(REQUESTS.flatMap(({ name, path, init }) => [
    [name, () => fetch(ENDPOINT + path, init).then((answer) => answer.text())],
    [name + ', not to be read', () => fetch(ENDPOINT + path, { ...init, mode: 'no-cors', headers: init.plain }).then(({ type }) => type)],
    [name + ', by a beacon', async () => String(navigator.sendBeacon(ENDPOINT + path, init.body ?? ''))],
  ])),
  image: () => load('img', ENDPOINT + '/cookies/k?' + PRESIGNED),
  script: () => load('script', ENDPOINT + '/_emulator/health'),
  frame: () => load('iframe', ENDPOINT + '/_emulator/health'),
  socket: () => new Promise((resolve) => {
    const socket = new WebSocket(ENDPOINT.replace('http', 'ws') + '/');
    socket.onopen = () => resolve('open');
    socket.onerror = () => resolve('failed');
  }),
  form: () => new Promise((resolve) => {
    const frame = Object.assign(document.createElement('iframe'), { name: 'target' });
    document.body.append(frame);
    const form = formOf('target');
    frame.onload = () => frame.src || resolve(read(frame));
    form.submit();
  }),
};
const read = (frame) => { try { return frame.contentDocument?.body.innerText ?? 'not to be read'; } catch { return 'not to be read'; } };
const load = (tag, src) => new Promise((resolve) => {
  const element = Object.assign(document.createElement(tag), {
    onload: () => resolve(tag === 'iframe' ? read(element) : 'loaded'), onerror: () => resolve('failed'), src,
  });
  document.body.append(element);
});
function formOf(target) {
  const form = Object.assign(document.createElement('form'), { method: 'POST', target, action: ENDPOINT + '/?' + FORM_QUERY });
  for (const [name, value] of Object.entries(FORM)) form.append(Object.assign(document.createElement('input'), { name, value }));
  document.body.append(form);
  return form;
}
if (NAVIGATE) formOf('_self').submit();
else {
  const results = {};
  for (const [name, attempt] of Object.entries(tries)) results[name] = await attempt().catch((error) => 'failed');
  await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
}`;

const form = { Action: 'CreateStack', Version: '2010-05-15', StackName: 'driveby', TemplateBody: template };
const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=${credential(service)}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const requests = [
  { name: 'the health page', path: '/_emulator/health', init: {} },
  { name: 'the faults', path: '/_emulator/faults/calls', init: {} },
  { name: 'a kill', path: '/_emulator/faults/kill', init: { method: 'POST', body: '{"function":"victim"}' } },
  {
    name: 'CreateFunction',
    path: `/2015-03-31/functions?${inQuery('lambda')}`,
    init: { method: 'POST', body: JSON.stringify({ FunctionName: 'evil', ...pageFunction }) },
  },
  {
    name: 'CreateFunction with a header',
    path: '/2015-03-31/functions',
    init: {
      method: 'POST',
      headers: { authorization: authorization('lambda') },
      body: JSON.stringify({ FunctionName: 'evil', ...pageFunction }),
    },
  },
  {
    name: 'Invoke',
    path: `/2015-03-31/functions/victim/invocations?${inQuery('lambda')}`,
    init: { method: 'POST', body: '{}' },
  },
  {
    name: 'GetCallerIdentity',
    path: `/?Action=GetCallerIdentity&Version=2011-06-15&${inQuery('sts')}`,
    init: {},
  },
  { name: 'an object', path: `/cookies/k?${inQuery('s3')}`, init: {} },
];

/** An endpoint with something to lose, and a page that attacks it. */
async function start() {
  const endpoint = await startEndpoint({ faults: true });
  await endpoint.deploy('victim', 'export const handler = async () => 1;');
  const { port } = new URL(endpoint.url);
  const results = Promise.withResolvers<Record<string, string>>();
  const page = createServer(async (request, response) => {
    if (request.url === '/results') {
      results.resolve(JSON.parse(await text(request)));
    }
    const constants = {
      ...{ ENDPOINT: endpoint.url, REQUESTS: requests, FORM: form, PRESIGNED: inQuery('s3') },
      ...{ FORM_QUERY: inQuery('cloudformation'), NAVIGATE: request.url === '/navigate' },
    };
    const declared = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><body><script type="module">${declared.join('\n')}${script}</script>`);
  });
  page.listen(0, '127.0.0.1');
  await once(page, 'listening');
  onTestFinished(() => {
    page.close();
    page.closeAllConnections();
  });
  /** What comes to the endpoint's port from now on, and how it is answered. */
  const arrived: { line: string; status: number }[] = [];
  const first = Promise.withResolvers<void>();
  const seen = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort !== Number(port)) {
      return;
    }
    arrived.push({ line: `${request.method} ${request.url?.split('?')[0]}`, status: response.statusCode });
    first.resolve();
  };
  subscribe('http.server.response.finish', seen);
  onTestFinished(() => void unsubscribe('http.server.response.finish', seen));
  const open = (name: string, path = '/', at = (page.address() as AddressInfo).port) =>
    openPage(`http://${name}:${at}${path}`, ['--host-resolver-rules=MAP *.example 127.0.0.1']);
  return { endpoint, port: Number(port), results: results.promise, arrived, first: first.promise, open };
}

describeInBrowser(() => {
  test.each(['evil.example', 'localhost', '127.0.0.1'])(
    'a page of http://%s on another port changes nothing and learns nothing',
    async (name) => {
      const { endpoint, results, arrived, open } = await start();
      const health = async () => (await fetch(`${endpoint.url}/_emulator/health`)).json() as Promise<{ calls: object }>;
      const { calls } = await health();
      arrived.length = 0;
      open(name);
      const learnt = await results;
      const refused = arrived.filter(({ status }) => status === 403);
      expect(arrived).toEqual(refused);
      // Each was tried for real, and the form and its like too.
      const lines = new Set(refused.map(({ line }) => line));
      for (const { path, init } of requests) {
        expect(lines).toContain(`${init.method ?? 'GET'} ${path.split('?')[0]}`);
      }
      expect(lines).toContain('POST /');
      expect(lines).toContain('OPTIONS /2015-03-31/functions');
      const says = new Set(Object.values(learnt));
      expect(says).toEqual(new Set(['failed', 'opaque', 'not to be read', 'true']));
      expect(learnt).toMatchObject({ image: 'failed', script: 'failed', socket: 'failed' });
      expect((await health()).calls).toEqual(calls);
      const lambda = new Lambda({
        endpoint: endpoint.url,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
      onTestFinished(() => lambda.destroy());
      expect((await lambda.listFunctions({})).Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['victim']);
    },
  );

  test.each([
    { what: 'a form that takes the whole window there', name: 'evil.example', path: '/navigate', line: 'POST /' },
    {
      what: 'a host name that was made to lead here',
      name: 'rebound.example',
      path: '/_emulator/health',
      line: 'GET /_emulator/health',
      itself: true,
    },
  ])('$what is refused', async ({ name, path, line, itself = false }) => {
    const { port, arrived, first, open } = await start();
    open(name, path, ...(itself ? [port] : []));
    await first;
    expect(arrived[0]).toEqual({ line, status: 403 });
  });
});
