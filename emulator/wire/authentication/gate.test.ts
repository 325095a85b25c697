import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { refusalOf } from './gate.ts';

const ownHost = '127.0.0.1:4566';
const refused = (headers: Record<string, string>, url = '/', hosts: string[] = []) =>
  refusalOf({ headers: { host: ownHost, ...headers }, rawHeaders: [], url } as unknown as IncomingMessage, hosts);

test.each([
  { host: '127.0.0.1:4566' },
  { host: '127.0.0.1' },
  { host: '127.8.9.10:80' },
  { host: 'localhost:4566' },
  { host: 'LocalHost' },
  { host: '[::1]:4566' },
  { host: 'host.docker.internal:4566', hosts: ['host.docker.internal'] },
  { host: 'Host.Docker.Internal', hosts: ['host.docker.INTERNAL'] },
])('the host $host is let in', ({ host, hosts }) => {
  expect(refused({ host }, '/', hosts)).toBeUndefined();
});

test('a request with two Host headers is refused, whichever comes first', () => {
  for (const hosts of [
    [ownHost, 'evil.example'],
    ['evil.example', ownHost],
    [ownHost, ownHost],
  ]) {
    const rawHeaders = hosts.flatMap((host, at) => [at ? 'HOST' : 'Host', host]);
    const request = { headers: { host: hosts[0] }, rawHeaders, url: '/' } as unknown as IncomingMessage;
    expect(refusalOf(request)).toContain('more than one Host');
  }
});

test.each([
  { host: 'evil.example' },
  { host: 'evil.example:4566' },
  { host: '127.0.0.1.evil.example' },
  { host: 'localhost.evil.example' },
  { host: 'localhost@evil.example' },
  { host: 'evil.example/127.0.0.1' },
  { host: 'evil.example#localhost' },
  { host: 'evil.localhost.example' },
  { host: '127.0.0.1:4566, evil.example' },
  { host: '0.0.0.0:4566' },
  { host: '[::]:4566' },
  { host: '169.254.169.254' },
  { host: '10.0.0.1:4566' },
  { host: 'host.docker.internal:4566' },
  { host: '' },
  { host: ' ' },
  { host: '[::1' },
])('the host "$host" is refused', ({ host }) => {
  expect(refused({ host })).toContain('Host');
});

test.each([
  { origin: 'http://127.0.0.1:4566', host: '127.0.0.1:4566' },
  { origin: 'http://localhost:4566', host: 'localhost:4566' },
  { origin: 'HTTP://LOCALHOST:4566', host: 'localhost:4566' },
])('a page of the endpoint itself, $origin, is let in', ({ origin, host }) => {
  expect(refused({ origin, host, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
});

test.each([
  'http://evil.example',
  'https://127.0.0.1:4566',
  'http://127.0.0.1:3000',
  'http://127.0.0.1',
  'http://localhost:4566',
  'null',
  '',
  'file://',
  'chrome-extension://abcdefgh',
  'http://127.0.0.1:4566.evil.example',
])('a page of the origin "%s" is refused', (origin) => {
  expect(refused({ origin })).toContain('does not serve web pages');
});

test.each([
  ['none', true],
  ['same-origin', true],
  ['same-site', false],
  ['cross-site', false],
  ['', false],
  ['None', false],
])('what a browser sends for the site "%s" is let in: %s', (site, allowed) => {
  expect(refused({ 'sec-fetch-site': site }) === undefined).toBe(allowed);
});

test.each(['http://127.0.0.1:4566/', 'http://evil.example/', '*', 'evil.example:443', ''])(
  'the target %j, which is no path, is refused',
  (url) => {
    expect(refused({}, url)).toContain('path');
  },
);
