import { describe, expect, test, vi } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

const role = 'arn:aws:iam::000000000000:role/shared';

/** A template with a custom resource and the function of its own that is to answer. */
const template = (code: string, properties: Record<string, unknown> = {}, runtime = 'nodejs24.x') =>
  JSON.stringify({
    Resources: {
      Maker: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: runtime, Handler: 'index.handler', Role: role, Timeout: 20, Code: { ZipFile: code } },
      },
      Made: { Type: 'Custom::Made', Properties: { ServiceToken: { 'Fn::GetAtt': 'Maker.Arn' }, ...properties } },
    },
    Outputs: { Said: { Value: { 'Fn::GetAtt': 'Made.said' } } },
  });

/** A handler that answers by `put(url, body, headers)`, a promise. */
const handlerThat = (put: string, before = '') => `${before}
  exports.handler = async (event) => {
    const { StackId, RequestId, LogicalResourceId, RequestType } = event;
    const Data = { said: RequestType + JSON.stringify(event.ResourceProperties.InstallLatestAwsSdk ?? null) };
    const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'made', StackId, RequestId, LogicalResourceId, Data });
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const url = new URL(event.ResponseURL);
    const answered = (resolve, reject) => (answer) => answer.resume().on('end', () =>
      answer.statusCode < 400 ? resolve() : reject(new Error(answer.statusCode)));
    await ${put};
  };`;
const byOptions = (options: string, request = "require('https').request") =>
  `new Promise((resolve, reject) => ${request}({ ${options}, method: 'PUT', headers }, answered(resolve, reject)).on('error', reject).end(body))`;

describe('an answer arrives, however it is sent', () => {
  test.each([
    ['by https, without a port', byOptions('hostname: url.hostname, path: url.pathname + url.search')],
    ['by https, to port 443', byOptions('hostname: url.hostname, port: 443, path: url.pathname')],
    [
      'by https, with the host in one',
      byOptions('host: url.host, path: url.pathname, agent: new (require("https").Agent)()'),
    ],
    [
      'by a function taken from https',
      byOptions('host: url.hostname, path: url.pathname', 'request'),
      "const { request } = require('node:https');",
    ],
    ['by https, with a URL', byOptions('', 'require("https").request').replace('({ , method', '(url, { method')],
    ['by https, with the options of a URL', byOptions('...require("url").parse(event.ResponseURL)')],
    ['by http', byOptions('hostname: url.hostname, port: url.port, path: url.pathname', 'require("http").request')],
    ['by fetch', 'fetch(event.ResponseURL, { method: "PUT", body })'],
  ])('%s', async (_, put, before?: string) => {
    const { createStack, deleteStack } = await startEndpoint();
    const made = await createStack('s', { TemplateBody: template(handlerThat(put, before)) });
    expect(made).toEqual({ Said: 'Createnull', status: 'CREATE_COMPLETE' });
    expect(await deleteStack('s')).toEqual({ status: 'DELETE_COMPLETE', Said: 'Createnull' });
  });

  test('and no other request by https goes another way', async () => {
    const { deploy, invoke } = await startEndpoint();
    await deploy(
      'f',
      `import https from 'node:https';
      const ask = (options) => new Promise((resolve) =>
        https.get(options, () => resolve('answered')).on('error', ({ code }) => resolve(code)));
      const path = '/_emulator/custom-resource/x';
      const { port } = new URL(process.env.AWS_ENDPOINT_URL);
      export const handler = async () => Promise.all([
        ask({ hostname: '127.0.0.1', path: '/_emulator/health' }), ask({ hostname: '127.0.0.2', path }), ask({ hostname: '127.0.0.1', port: 1, path }),
        ask(\`https://127.0.0.1:\${port}/\`), ask({ hostname: '127.0.0.1', path }), ask(\`https://127.0.0.1:\${port}\${path}\`),
      ]);`,
    );
    const [elsewhere, otherHost, otherPort, otherPath, ...responses] = await invoke('f');
    expect([elsewhere, otherHost, otherPort]).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
    expect(otherPath).not.toBe('answered');
    expect(responses).toEqual(['answered', 'answered']);
  });
});

test('a function is told to install no SDK', async () => {
  const { createStack } = await startEndpoint();
  const TemplateBody = template(handlerThat('fetch(url, { method: "PUT", body })'), { InstallLatestAwsSdk: true });
  expect(await createStack('s', { TemplateBody })).toMatchObject({ Said: 'Create"false"' });
});

describe('a stack that waits for an answer', () => {
  const never = 'exports.handler = async () => {};';

  async function waiting() {
    const endpoint = await startEndpoint();
    const { cloudformation, settled } = endpoint;
    const reasons = async () => {
      const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName: 's' });
      return StackEvents.filter(({ LogicalResourceId }) => LogicalResourceId === 'Made').map(
        ({ ResourceStatus, ResourceStatusReason = '' }) => `${ResourceStatus} ${ResourceStatusReason}`,
      );
    };
    const waits = (status: string) =>
      vi.waitFor(async () => expect((await reasons())[0]).toContain(`${status} Waiting for an answer of arn:`));
    return { ...endpoint, settled, reasons, waits };
  }

  test('says of whom and until when, and is deleted at once', async () => {
    const { cloudformation, waits, reasons, settled } = await waiting();
    const { StackId = '' } = await cloudformation.createStack({ StackName: 's', TemplateBody: template(never) });
    await waits('CREATE_IN_PROGRESS');
    const [reason = ''] = await reasons();
    const [, arn, until] = /of (arn:\S+:function:\S+) until (\S+Z)\. Its log/.exec(reason) ?? [];
    expect(arn).toContain(':function:s-Maker-');
    expect(Date.parse(until ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    await cloudformation.deleteStack({ StackName: 's' });
    expect(await settled(StackId)).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test('to delete something can be deleted by force', async () => {
    const { cloudformation, waits, settled, createStack } = await waiting();
    const onlyCreates = handlerThat('(event.RequestType === "Create" && fetch(url, { method: "PUT", body }))');
    const TemplateBody = template(onlyCreates);
    expect(await createStack('s', { TemplateBody })).toMatchObject({ status: 'CREATE_COMPLETE' });
    const { Stacks: [{ StackId = '' } = {}] = [] } = await cloudformation.describeStacks({ StackName: 's' });
    await cloudformation.deleteStack({ StackName: 's' });
    await waits('DELETE_IN_PROGRESS');
    await cloudformation.deleteStack({ StackName: 's' });
    expect((await cloudformation.describeStacks({ StackName: 's' })).Stacks?.[0]?.StackStatus).toBe(
      'DELETE_IN_PROGRESS',
    );
    await cloudformation.deleteStack({ StackName: 's', DeletionMode: 'FORCE_DELETE_STACK' });
    expect(await settled(StackId)).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});
