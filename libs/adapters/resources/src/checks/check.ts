import { describeError } from '@weft/faults'
import { compilePattern } from '@weft/pattern'
import type { FieldProblem } from '../problem.ts'

/** Problems of one resource as they are found. */
export class Check {
  readonly problems: FieldProblem[] = []

  refuse(path: readonly (string | number)[], message: string): void {
    this.problems.push({ path, message })
  }

  /** A regular expression that takes linear time. */
  pattern(path: readonly (string | number)[], text: string): void {
    try {
      compilePattern(text)
    } catch (error) {
      this.refuse(path, describeError(error))
    }
  }

  /** No two items of a list have the same key. */
  unique<T>(
    path: readonly (string | number)[],
    field: string,
    items: readonly T[],
    keyOf: (item: T) => string | number | undefined,
  ): void {
    const seen = new Set<string | number>()
    items.forEach((item, index) => {
      const key = keyOf(item)
      if (key === undefined) return
      if (seen.has(key)) {
        this.refuse(
          field === '' ? [...path, index] : [...path, index, field],
          `found ${JSON.stringify(key)} twice, expected each once`,
        )
      }
      seen.add(key)
    })
  }

  labelKeys(path: readonly (string | number)[], labels: Readonly<Record<string, unknown>> | undefined): void {
    for (const key of Object.keys(labels ?? {})) {
      if (LABEL_KEY.test(key) && key.slice(key.indexOf('/') + 1).length <= 63) continue
      this.problems.push({
        path: [...path, key],
        message: `found ${JSON.stringify(key)}, expected a name of letters, digits, '-', '_' and '.', with an optional prefix such as example.com/`,
        isName: true,
      })
    }
  }
}

const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
