import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A handler for tests of servers: counts requests in the memory of its process, which no good handler does. */
let requests = 0;

interface Request {
  readonly rawPath: string;
  readonly queryStringParameters?: { readonly ms?: string };
}

export async function handler({ rawPath, queryStringParameters }: Request) {
  requests += 1;
  if (rawPath === '/leave-a-file') {
    writeFileSync(join(tmpdir(), 'left-behind'), 'x');
  }
  await pause(Number(queryStringParameters?.ms ?? 0));
  const { pid, env } = process;
  const body = JSON.stringify({ requests, pid, greeting: env['GREETING'], home: env['HOME'] ?? null });
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
}
