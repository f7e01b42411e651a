import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { layoutNamed, meshLayouts, type Layout } from './harness/layout.ts'

const chosen = (process.env['WEFT_PROGRAMS_LAYOUTS'] ?? meshLayouts.join(',')).split(',').map(layoutNamed)
const ALONE = ', alone'

/** One layout after the other, since there is one mesh. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    reporters: ['default', './harness/figures-reporter.ts', '../../tools/testing/src/skip-reporter.ts'],
    projects: chosen.flatMap((layout, index) => [
      ...(layout.alone.length === 0 ? [] : [project(layout, `${layout.name}${ALONE}`, layout.alone, 2 * index + 1, 1)]),
      project(layout, layout.name, layout.together, 2 * index + 2, 2),
    ]),
  },
})

function project(
  layout: Layout,
  name: string,
  suites: readonly string[],
  groupOrder: number,
  maxWorkers: number,
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: suites.map((suite) => `${suite}.program.test.ts`),
      env: { WEFT_PROGRAMS_LAYOUT: layout.name },
      setupFiles: ['./harness/mesh-up.ts'],
      sequence: { groupOrder },
      maxWorkers,
      testTimeout: 90_000,
      hookTimeout: 120_000,
    },
  }
}
