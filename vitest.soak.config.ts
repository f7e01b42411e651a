import { defineConfig } from 'vitest/config'

/** Load with killed parts for a minute and a half: a command of its own, `npm run test:soak`, so that `npm test` stays short. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/testing/src/skip-reporter.ts'],
    projects: [
      {
        test: {
          name: 'soak',
          include: ['bench/soak/*.soak.test.ts'],
          fileParallelism: false,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
