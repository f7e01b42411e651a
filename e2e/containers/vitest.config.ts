import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: import.meta.dirname,
  test: {
    reporters: ['default', '../../tools/testing/src/skip-reporter.ts'],
    include: ['*.container.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
  },
})
