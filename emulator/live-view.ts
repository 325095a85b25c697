import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from './gateway.ts';
import type { RequestHead, WireAnswer } from './wire/http.ts';

const root = '/_emulator/live/';
const folder = join(import.meta.dirname, 'live-view');

/** The page's files, and what each is. */
const contentTypes: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'view.css': 'text/css; charset=utf-8',
  'resources.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'main.js': 'text/javascript; charset=utf-8',
  'state.js': 'text/javascript; charset=utf-8',
  'resources.js': 'text/javascript; charset=utf-8',
  'sections.js': 'text/javascript; charset=utf-8',
  'words.js': 'text/javascript; charset=utf-8',
  'elements.js': 'text/javascript; charset=utf-8',
};

/** Nothing but the page's own files, and no markup made of text. */
const policy = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

const headers = {
  'cache-control': 'no-cache',
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The live view: a page that is drawn from the event stream. A browser gets it at `/`, where everybody else gets S3. */
export const liveView: readonly Page[] = [
  { path: '/', answers: isBrowser, answer: () => file('index.html') },
  {
    path: root,
    answer: ({ path, method }) => {
      const name = path.slice(root.length);
      if (!Object.hasOwn(contentTypes, name)) {
        return json(404, `There is no ${path}.`);
      }
      return method === 'GET' ? file(name) : json(405, `${path} is not there for ${method}.`);
    },
  },
];

/** A browser asks for a document, and signs nothing. ListBuckets, which has the same path, is signed by a header or by its query. */
function isBrowser({ method, path, search, headers }: RequestHead): boolean {
  const asks = method === 'GET' && path === '/' && search === '';
  return asks && headers.authorization === undefined && headers.accept?.includes('text/html') === true;
}

async function file(name: string): Promise<WireAnswer> {
  const body = await readFile(join(folder, name));
  return { status: 200, headers: { ...headers, 'content-type': contentTypes[name] ?? '' }, body };
}

const json = (status: number, error: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error }),
});
