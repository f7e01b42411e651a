import { basename } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import './figures.ts'

/** At the end: each program in each layout, how many of its tests passed, and what was measured on the way. */
export default class FiguresReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = ['']
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      const passed = tests.filter((test) => test.result().state === 'passed').length
      const program = basename(module.moduleId, '.program.test.ts')
      lines.push(`${program.padEnd(12)} ${module.project.name.padEnd(17)} ${passed} of ${tests.length} passed`)
      for (const test of tests) {
        for (const figure of test.meta().figures ?? []) lines.push(`${' '.repeat(31)}${test.name}: ${figure}`)
      }
    }
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}
