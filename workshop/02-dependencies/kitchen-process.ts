import { pathToFileURL } from 'node:url';

interface KitchenModule {
  readonly handler: (event: object, context: object) => Promise<{ readonly statusCode: number; readonly body: string }>;
}

/** How a process fared that was started to take one order. */
export interface Service {
  /** The HTTP status of its answer; missing if it did not even start. */
  readonly status?: number;
  readonly totalCents?: number;
  /** Why it did not start. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** `node kitchen-process.ts FILE BODY`: has the handler that a module exports take one order, and prints how it fared. */
const [file = '', body = ''] = process.argv.slice(2);
console.log(JSON.stringify(await serveOnce(file, body)));

async function serveOnce(path: string, order: string): Promise<Service> {
  let kitchen: KitchenModule;
  try {
    kitchen = (await import(pathToFileURL(path).href)) as KitchenModule;
  } catch (error) {
    const { code = 'unknown', message } = error as NodeJS.ErrnoException;
    return { failure: { code, message } };
  }
  const answer = await kitchen.handler(requestFor(order), { getRemainingTimeInMillis: () => 10_000 });
  const { totalCents } = JSON.parse(answer.body) as { totalCents?: number };
  return { status: answer.statusCode, ...(totalCents !== undefined && { totalCents }) };
}

/** As a function URL hands it over. */
function requestFor(order: string): object {
  return {
    version: '2.0',
    rawPath: '/orders',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path: '/orders' } },
    body: order,
    isBase64Encoded: false,
  };
}
