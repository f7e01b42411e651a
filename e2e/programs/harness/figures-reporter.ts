import { basename } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import './figures.ts'

/** At the end: each program in each layout, how many of its tests passed, and what was measured on the way. */
export default class FiguresReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = ['']
    for (const module of modules.toSorted(byLayoutAndName)) {
      const tests = [...module.children.allTests()]
      const passed = tests.filter((test) => test.result().state === 'passed').length
      const program = basename(module.moduleId, '.program.test.ts')
      lines.push(`${program.padEnd(12)} ${layoutOf(module).padEnd(17)} ${passed} of ${tests.length} passed`)
      for (const test of tests) {
        for (const figure of test.meta().figures ?? []) lines.push(`${' '.repeat(31)}${test.name}: ${figure}`)
      }
    }
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}

function layoutOf(module: TestModule): string {
  return String(module.project.config.env['WEFT_PROGRAMS_LAYOUT'])
}

function byLayoutAndName(a: TestModule, b: TestModule): number {
  return layoutOf(a).localeCompare(layoutOf(b)) || a.moduleId.localeCompare(b.moduleId)
}
