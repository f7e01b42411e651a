import { defineConfig } from 'vitest/config'

const ignored = ['**/node_modules/**', '**/.nx/**']

/** unit: fast and parallel. kernel: eBPF and namespaces, one at a time. process: real processes, one at a time. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/testing/src/skip-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['apps/**/*.test.ts', 'libs/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...ignored, '**/*.kernel.test.ts', '**/*.process.test.ts'],
        },
      },
      {
        test: {
          name: 'kernel',
          include: ['**/*.kernel.test.ts'],
          exclude: ignored,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['**/*.process.test.ts'],
          exclude: ignored,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
