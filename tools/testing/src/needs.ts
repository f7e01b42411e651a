import { describe } from 'vitest'
import { missingCapability, type Capability } from './capabilities.ts'
import { SKIP_MARK } from './skip-mark.ts'

/**
 * `needs('root', 'bpf')('title', () => { … })`: a `describe` where the machine has all of them, else a suite whose tests
 * are collected but skipped, and whose name ends with the reason. The reporter counts and names each.
 */
export function needs(...capabilities: Capability[]): (title: string, body: () => void) => void {
  const missing = missingCapability(capabilities)
  return (title, body) => {
    if (missing === null) describe(title, body)
    else describe.skip(`${title}${SKIP_MARK}${missing}`, body)
  }
}
