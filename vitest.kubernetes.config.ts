import { defineConfig } from 'vitest/config'

/** Against a real kube-apiserver with etcd: what needs one is not part of `npm test`, since building it takes ten minutes. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/testing/src/skip-reporter.ts'],
    projects: [
      {
        test: {
          name: 'kubernetes',
          include: ['**/*.kubernetes.test.ts'],
          exclude: ['**/node_modules/**', '**/.nx/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
