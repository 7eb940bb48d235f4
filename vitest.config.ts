import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,contracts,golden,migrations,architecture}/**/*.test.{ts,tsx}'],
    globalSetup: ['build/scripts/lib/kernels.mjs'],
    setupFiles: ['tests/support/propertySeed.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
