import { defineConfig } from 'vitest/config'

/** In this order: what each builds on comes before it. One cluster, so one suite at a time. */
const suites = (process.env['WEFT_KUBERNETES_SUITES'] ?? '').split(',').filter((name) => name !== '')

export default defineConfig({
  root: import.meta.dirname,
  test: {
    reporters: ['default', '../../tools/testing/src/skip-reporter.ts'],
    projects: suites.map((suite, index) => ({
      test: {
        name: suite,
        include: [`${suite}.cluster.test.ts`],
        // 0 would be the group of those without one, which come last.
        sequence: { groupOrder: index + 1 },
        maxWorkers: 1,
        testTimeout: 120_000,
        hookTimeout: 240_000,
      },
    })),
  },
})
