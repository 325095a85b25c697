import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const quick = ['**/*.test.ts'];
/** What starts processes, or takes seconds. `test/no-processes.ts` tells a test that should be one. */
const slow = ['**/*.slow.test.ts'];
/** Apps that are not ours, deployed and driven by the CDK CLI: minutes, so they are a suite of their own. */
const apps = 'test/own-apps/**/*.slow.test.ts';
/** Whole factories in a browser, and at endpoints that die: minutes, too. */
const floor = ['workshop/{floor,pages}/**/*.slow.test.ts'];
const left = ['**/node_modules/**', 'dist/**', 'cdk.out/**', 'my-factory/**', 'releases/**'];

export default defineConfig({
  test: {
    // Of two cores vitest would use one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // They end a test that hangs, and judge no machine.
    testTimeout: 60_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: 'test/patience.ts',
    // Files share a process: to start one for each takes a quarter of the time that all tests take.
    isolate: false,
    // Node runs the sources as they are, so Vite need not rewrite each of them first: a fifth of the work of the quick tests. No test
    // mocks a module, which would need it.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    env: {
      // Whoever serves at an endpoint of this shell is not to be tested, nor deployed to.
      AWS_ENDPOINT_URL: '',
      // As the commands have it, which the tests start by the hundred.
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled'),
    },
    coverage: {
      include: ['{functions,infra,emulator,pipeline,client,terminal,workshop}/**/*.ts'],
      exclude: ['**/*.fixture.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: quick,
          exclude: [...left, ...slow],
          setupFiles: ['test/patience.ts', 'test/no-processes.ts'],
        },
      },
      {
        extends: true,
        // They wait for processes and for queues more than they reckon.
        test: {
          name: 'slow',
          include: slow,
          exclude: [...left, apps, ...floor],
          testTimeout: 300_000,
          maxWorkers: 2 * availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'floor', include: floor, testTimeout: 300_000 } },
      { extends: true, test: { name: 'apps', include: [apps], testTimeout: 300_000 } },
    ],
  },
});
