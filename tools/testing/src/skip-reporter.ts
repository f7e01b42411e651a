import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { missingCapability } from './capabilities.ts'
import { SKIP_MARK } from './skip-mark.ts'

/**
 * Says at the end what was not run and why, and closes with `N passed, N failed, N skipped` alone on a line.
 *
 * Under CI=true a machine with root and eBPF can run everything, so a skip there fails the run: otherwise the suites that
 * matter most could stop running without anybody noticing.
 */
export default class SkipReporter implements Reporter {
  #isFiltered = false

  onInit(vitest: Vitest): void {
    this.#isFiltered = vitest.config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally = countTests(modules)
    tally.failed += unhandledErrors.length
    const lines = this.#isFiltered ? [] : describeSkips(tally.skips)
    const isRefused =
      !this.#isFiltered && isSkipRefused(tally.skips.length, process.env['CI'], missingCapability(['root', 'bpf']))
    if (isRefused) {
      lines.push('CI=true and this machine has root and eBPF: expected nothing to be skipped')
      process.exitCode = 1
    }
    lines.push(`${tally.passed} passed, ${tally.failed} failed, ${tally.skips.length} skipped`)
    process.stdout.write(`\n${lines.join('\n')}\n`)
  }
}

export interface Skip {
  readonly test: string
  readonly reason: string
}

interface Tally {
  passed: number
  failed: number
  readonly skips: Skip[]
}

function countTests(modules: readonly TestModule[]): Tally {
  const tally: Tally = { passed: 0, failed: 0, skips: [] }
  for (const module of modules) {
    tally.failed += module.errors().length
    for (const suite of module.children.allSuites()) tally.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const state = test.result().state
      if (state === 'passed') tally.passed++
      else if (state === 'failed') tally.failed++
      else tally.skips.push({ test: `${module.relativeModuleId} > ${test.fullName}`, reason: reasonOf(test) })
    }
  }
  return tally
}

/** The reason in the name of the nearest suite made by `needs`, else the note given to `context.skip(note)`. */
function reasonOf(test: TestCase): string {
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) {
    const at = parent.name.indexOf(SKIP_MARK)
    if (at >= 0) return `needs ${parent.name.slice(at + SKIP_MARK.length)}`
  }
  const result = test.result()
  return (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given'
}

/** One heading per reason, the tests under it by name. */
export function describeSkips(skips: readonly Skip[]): string[] {
  const lines: string[] = []
  for (const [reason, same] of Map.groupBy(skips, (skip) => skip.reason)) {
    lines.push(
      `${same.length} skipped: ${reason}`,
      ...same.map((skip) => `  ${skip.test.split(SKIP_MARK + reason.slice('needs '.length)).join('')}`),
    )
  }
  return lines
}

export function isSkipRefused(skipped: number, ci: string | undefined, missing: string | null): boolean {
  return skipped > 0 && ci === 'true' && missing === null
}
