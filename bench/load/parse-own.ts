import { noLatency, type LoadOutcome } from './outcome.ts'

/** Reads the line of JSON that native/load.c prints. Throws with the reason when it gave up. */
export function parseOwn(text: string): LoadOutcome {
  let report: Partial<LoadOutcome> & { failure?: string }
  try {
    report = JSON.parse(text) as typeof report
  } catch {
    throw new Error(
      `report of the load generator: found ${JSON.stringify(text.slice(0, 300))}, expected one line of JSON`,
    )
  }
  if (report.failure !== undefined) throw new Error(report.failure)
  if (typeof report.operations !== 'number' || typeof report.perSecond !== 'number') {
    throw new Error(`report of the load generator: found ${text.trim()}, expected "operations" and "perSecond"`)
  }
  return { ...noLatency, errors: 0, ...report } as LoadOutcome
}
