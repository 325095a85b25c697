import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Imports a module, and returns the handler that it exports. @throws what the import fails with */
export async function loadHandler<Handler>(file: string): Promise<Handler> {
  const { handler } = (await import(pathToFileURL(resolve(file)).href)) as { handler?: Handler };
  if (typeof handler !== 'function') {
    throw new TypeError(`${file} exports no handler.`);
  }
  return handler;
}
