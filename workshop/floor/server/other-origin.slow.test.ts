import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { describeInBrowser, drivePage } from '../../../test/chromium.ts';
import { patience } from '../../../test/in-page.ts';
import { openFloor } from './floor-server.ts';

const nobody = 'http://127.0.0.1:9';
const order = '{"action":"traffic","perSecond":9}';

/** What a page can try at the floor without being it. Each says what it got. */
const tries = (floor: string) => `(async () => {
  const floor = ${JSON.stringify(floor)};
  const outcome = (element, attributes) => new Promise((done) => {
    const made = Object.assign(document.createElement(element), attributes);
    made.onload = () => done('loaded');
    made.onerror = () => done('refused');
    document.body.append(made);
  });
  const fetched = (path, request) => fetch(floor + path, request).then(({ type }) => type, () => 'refused');
  const told = (source) => new Promise((done) => {
    source.onmessage = source.onopen = () => done('told');
    source.onerror = () => done('refused');
  });
  const stream = told(new EventSource(floor + 'events'));
  const socket = told(new WebSocket(floor.replace('http', 'ws') + 'events'));
  const frame = document.createElement('iframe');
  frame.name = 'frame';
  document.body.append(frame);
  const form = Object.assign(document.createElement('form'), {
    action: floor + 'do', method: 'post', enctype: 'text/plain', target: 'frame',
  });
  form.append(Object.assign(document.createElement('input'), { name: '${order.slice(0, -1)},"x":"', value: '"}' }));
  document.body.append(form);
  const posted = new Promise((done) => (frame.onload = () => done()));
  form.submit();
  await posted;
  return {
    read: await fetched(''),
    readEvents: await fetched('events'),
    asked: await fetched('do', { method: 'POST', body: ${JSON.stringify(order)}, headers: { 'x-floor-token': 'guess' } }),
    stream: await stream,
    socket: await socket,
    script: await outcome('script', { src: floor + 'main.js' }),
    image: await outcome('img', { src: floor + 'icon.svg' }),
    style: await outcome('link', { rel: 'stylesheet', href: floor + 'main.css' }),
    lessons: await outcome('script', { src: floor + 'lessons.js' }),
    // What a browser sends without asking first, and tells nothing of.
    blind: await fetched('do', { method: 'POST', mode: 'no-cors', body: ${JSON.stringify(order)} }),
  };
})()`;

describeInBrowser(() => {
  test.each(['127.0.0.1', 'localhost'])(
    'a page of another origin, of %s, reads nothing and changes nothing',
    async (host) => {
      const server = await openFloor({ endpoint: nobody, snapshots: [12], traffic: 0, port: 0 });
      onTestFinished(() => server.close());
      const other = createServer((_, response) => {
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><title>Other</title><body></body>');
      });
      other.listen(0, '127.0.0.1');
      await once(other, 'listening');
      onTestFinished(() => {
        other.close();
        other.closeAllConnections();
      });
      const page = await drivePage(`http://${host}:${(other.address() as AddressInfo).port}/`);
      await vi.waitFor(async () => expect(await page.evaluate('document.title')).toBe('Other'), patience);
      const got = await page.evaluate<Record<string, string>>(tries(server.url));
      const { blind, ...others } = got;
      expect(others).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, 'refused'])));
      expect(blind).toMatch(/^(opaque|refused)$/);
      expect(server.floor.settings().traffic).toBe(0);
      // Led there by a link, a browser gets no page that could begin a scene by itself.
      await page.evaluate(`location.assign(${JSON.stringify(`${server.url}?scene=6`)})`);
      await vi.waitFor(
        async () => expect(await page.evaluate('document.body.innerText')).toContain('another site'),
        patience,
      );
      expect(server.floor.settings().scene).toBe('');
    },
  );
});
