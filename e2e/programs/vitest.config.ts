import { defineConfig } from 'vitest/config'
import { layoutNamed, meshLayouts } from './harness/layout.ts'

const chosen = (process.env['WEFT_PROGRAMS_LAYOUTS'] ?? meshLayouts.join(',')).split(',').map(layoutNamed)

/** One project per layout, one file at a time: there is one mesh, and what a program measures should be its own. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    reporters: ['default', './harness/figures-reporter.ts', '../../tools/testing/src/skip-reporter.ts'],
    fileParallelism: false,
    projects: chosen.map(({ name, include }, index) => ({
      test: {
        name,
        include: [...include],
        env: { WEFT_PROGRAMS_LAYOUT: name },
        setupFiles: ['./harness/mesh-up.ts'],
        sequence: { groupOrder: index },
        fileParallelism: false,
        testTimeout: 90_000,
        hookTimeout: 120_000,
      },
    })),
  },
})
