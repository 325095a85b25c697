import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '..', 'page');

export interface PageFile {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Bundles the page: its files by their paths. @param token for the page, and for nobody else */
export async function bundlePage(token: string): Promise<ReadonlyMap<string, PageFile>> {
  const [html, icon, bundled] = await Promise.all([
    readFile(join(folder, 'index.html'), 'utf8'),
    readFile(join(folder, 'icon.svg')),
    bundle(join(folder, 'main.tsx'), '/main'),
  ]);
  return new Map<string, PageFile>([
    ['/', { contentType: 'text/html; charset=utf-8', body: html.replace('TOKEN', token) }],
    ['/icon.svg', { contentType: 'image/svg+xml', body: icon }],
    ...bundled,
  ]);
}

/** Bundles a script and what it imports. @param name - of the two files, without `.js` and `.css` */
export async function bundle(entry: string, name: string): Promise<(readonly [string, PageFile])[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile: join(dirname(entry), 'main.js'),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  });
  return outputFiles.map(({ path, contents }) =>
    path.endsWith('.css')
      ? [`${name}.css`, { contentType: 'text/css; charset=utf-8', body: contents }]
      : [`${name}.js`, { contentType: 'text/javascript; charset=utf-8', body: contents }],
  );
}
