import { request } from 'node:http';
import * as ssm from '@aws-sdk/client-ssm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { authorization, serve } from './gateway.fixture.ts';
import type { GatewayOptions } from './gateway.ts';
import { type Service, service, serviceModel } from './wire/service.ts';

describe('whatever serving a request throws is the failure of that request', () => {
  const fail = (): never => {
    throw new TypeError(`oops in ${import.meta.filename}`);
  };
  const model = serviceModel('ssm', ssm);
  const input = Object.freeze({ Name: '/x' });
  const ok = service<typeof ssm>(model, { GetParameter: () => ({ Parameter: input }) });
  const broken = {
    ...ok,
    model: new Proxy(model, { get: (_target, name) => (name === 'operations' ? fail() : Reflect.get(model, name)) }),
  };
  const page = (answer: GatewayOptions['pages'][number]['answer']): Partial<GatewayOptions> => ({
    pages: [{ path: '/', answer }],
  });
  const unsendable = { status: 200, headers: { 'x-name': 'a\r\nb' }, body: '' };

  test.each<{ stage: string; services?: Service[]; options?: Partial<GatewayOptions>; says?: string }>([
    { stage: 'a page', options: page(fail), says: 'POST /' },
    { stage: 'a page that promised', options: page(() => Promise.reject(new Error('oops'))), says: 'POST /' },
    { stage: 'the sending of a page', options: page(() => unsendable), says: 'POST /' },
    {
      stage: 'a page without a body',
      options: page(() => ({ ...unsendable, body: undefined as never })),
      says: 'POST /',
    },
    { stage: 'a status that is none', options: page(() => ({ status: 1, headers: {}, body: '' })), says: 'POST /' },
    {
      stage: 'the making of a region',
      options: { services: () => Promise.reject(new Error('oops')) },
      says: 'The request',
    },
    { stage: 'the making of a region at once', options: { services: fail }, says: 'The request' },
    { stage: 'the search for a key', options: { accessKeys: { find: fail } as never } },
    { stage: 'the search for an operation', services: [broken] },
    { stage: 'the count of calls', options: { onCall: fail } },
    { stage: 'a fault', options: { beforeCall: fail } },
    { stage: 'a fault that was promised', options: { beforeCall: () => Promise.reject(new Error('oops')) } },
    { stage: 'a handler', services: [service<typeof ssm>(model, { GetParameter: fail })] },
    {
      stage: 'a handler that throws no error',
      services: [service<typeof ssm>(model, { GetParameter: () => Promise.reject('oops') })],
    },
    { stage: 'a mounted package', services: [service<typeof ssm>(model, {}, fail)] },
    {
      stage: 'the sending of what is mounted',
      services: [service<typeof ssm>(model, {}, async () => unsendable)],
      says: 'POST /',
    },
    {
      stage: 'the writing of an output',
      services: [
        service<typeof ssm>(model, {
          GetParameter: () => ({
            get Parameter() {
              return fail();
            },
          }),
        }),
      ],
    },
  ])('$stage', async ({ services = [ok], options = {}, says = 'ssm' }) => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => report.mockRestore());
    const { url } = await serve(services, options);
    const ask = () =>
      fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AmazonSSM.GetParameter',
          authorization: authorization('ssm'),
        },
        body: JSON.stringify(input),
      });
    for (let i = 0; i < 2; i++) {
      const answered = await ask();
      expect(answered.status).toBe(500);
      const text = await answered.text();
      expect(text).toMatch(/InternalFailure/);
      expect(text).not.toMatch(/oops|at .+:\d+/);
    }
    const lines = report.mock.calls.map(([line]) => String(line)).filter((line) => !line.includes('is not known here'));
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(new RegExp(`^${says}\\S* failed unexpectedly: [^\\n]+$`));
    }
  });

  test('a client that goes away in the middle of its request is no failure', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => report.mockRestore());
    const { url, configuration } = await serve([ok]);
    const gone = request(url, {
      method: 'POST',
      headers: { authorization: authorization('ssm'), 'content-length': 100 },
    });
    gone.on('error', () => {});
    gone.write('{');
    await new Promise((resolve) => gone.once('socket', (socket) => socket.once('connect', resolve)));
    gone.destroy();
    await new ssm.SSM(configuration).getParameter({ Name: '/x' });
    expect(report).not.toHaveBeenCalled();
  });
});
