import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'cdk.out/**', 'my-factory/**', 'releases/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
