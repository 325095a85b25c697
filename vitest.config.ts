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
    testTimeout: 20_000,
    hookTimeout: 60_000,
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
        // Their files share a process: to start one for each takes longer than the tests do.
        test: {
          name: 'unit',
          include: quick,
          exclude: [...left, ...slow],
          isolate: false,
          setupFiles: 'test/no-processes.ts',
        },
      },
      {
        extends: true,
        // They wait for processes and for queues more than they reckon.
        test: {
          name: 'slow',
          include: slow,
          exclude: [...left, apps, ...floor],
          testTimeout: 60_000,
          maxWorkers: 2 * availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'floor', include: floor, testTimeout: 60_000 } },
      { extends: true, test: { name: 'apps', include: [apps], testTimeout: 120_000 } },
    ],
  },
});
