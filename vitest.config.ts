import { defineConfig } from 'vitest/config'

const ignored = ['**/node_modules/**', '**/.nx/**']

/**
 * The tests of `npm test`, in this order: unit, fast and parallel; kernel, eBPF and namespaces, one at a time; process, real
 * processes, one at a time. Those against a real API server (`npm run test:kubernetes`) and soaks (`npm run test:soak`) have
 * configurations of their own.
 */
export default defineConfig({
  test: {
    reporters: ['default', './tools/testing/src/skip-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: [
            'apps/**/*.test.ts',
            'libs/**/*.test.ts',
            'native/**/*.test.ts',
            'tools/**/*.test.ts',
            'bench/**/*.test.ts',
            'e2e/kubernetes/figures/*.test.ts',
          ],
          exclude: [...ignored, '**/*.{kernel,process,kubernetes,soak}.test.ts'],
          // A machine that is busy with other things must not fail a test that only computes.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'kernel',
          sequence: { groupOrder: 1 },
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
          sequence: { groupOrder: 2 },
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
