/**
 * Bundles snapshots, named as `npm run bundle` names them, and synthesises what the environment asks for: what the CDK CLI has
 * done in two processes, one after the other. The CDK is loaded while esbuild works.
 */
const bundling = import('./bundle.ts');
const loading = import('../infra/stages.ts');
// The app itself meets whatever it fails for.
loading.catch(() => undefined);
await bundling;
if (!process.exitCode) {
  await import('../infra/app.ts');
}
