import { once } from 'node:events';
import { runServer } from './server-process.ts';

/** A server for tests, as a process: it answers at once, but `/slow` only when there is something on its stdin. */
await runServer('PORT', async () => ({
  handler: async ({ rawPath }) => {
    if (rawPath === '/slow') {
      console.log('busy');
      await once(process.stdin, 'data');
    }
    return { statusCode: 200, body: 'done' };
  },
}));
