import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';

interface HandlerModule {
  readonly handler: (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<unknown>;
}

/** `node desk-process.ts FILE EVENT`: calls the handler that a module exports, and prints what it returns. */
const [file = '', event = 'null'] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(file).href)) as HandlerModule;
const result = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 10_000 });
console.log(JSON.stringify(result ?? null));
