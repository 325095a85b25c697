import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '..', 'page');

export interface PageFile {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Bundles the page: its files by their paths. @param token for the page, and for nobody else */
export async function bundlePage(token: string): Promise<ReadonlyMap<string, PageFile>> {
  const [html, icon, { outputFiles }] = await Promise.all([
    readFile(join(folder, 'index.html'), 'utf8'),
    readFile(join(folder, 'icon.svg')),
    build({
      entryPoints: [join(folder, 'main.tsx')],
      outfile: join(folder, 'main.js'),
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2023',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      legalComments: 'none',
    }),
  ]);
  const bundled = outputFiles.map(({ path, contents }): [string, PageFile] =>
    path.endsWith('.css')
      ? ['/main.css', { contentType: 'text/css; charset=utf-8', body: contents }]
      : ['/main.js', { contentType: 'text/javascript; charset=utf-8', body: contents }],
  );
  return new Map<string, PageFile>([
    ['/', { contentType: 'text/html; charset=utf-8', body: html.replace('TOKEN', token) }],
    ['/icon.svg', { contentType: 'image/svg+xml', body: icon }],
    ...bundled,
  ]);
}
