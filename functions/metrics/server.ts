import { runServer } from '../runtime/server-process.ts';

/** Metrics as a server of its own: `METRICS_PORT=9090 node functions/metrics/server.ts`, with the environment of metrics. */
await runServer('METRICS_PORT', () => import('./handler.ts'));
