import { runServer } from '../runtime/server-process.ts';

/** Ordering as a server of its own: `PORT=8080 node functions/ordering/server.ts`, with ordering's environment. */
await runServer('PORT', () => import('./handler.ts'));
