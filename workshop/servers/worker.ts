import { loadHandler } from '../../client/factory/load-handler.ts';
import type { HttpHandler } from '../../functions/runtime/http-server.ts';
import { runServer } from '../../functions/runtime/server-process.ts';

/**
 * Runs any handler as a server: `PORT=8080 node workshop/servers/worker.ts ROOT`. ROOT is a module that exports `handler`
 * (payload format 2.0), such as a snapshot's `ordering.ts`.
 */
const [root = ''] = process.argv.slice(2);
await runServer('PORT', async () => ({ handler: await loadHandler<HttpHandler>(root) }));
