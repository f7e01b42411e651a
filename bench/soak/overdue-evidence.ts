import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CapturedMesh } from './captured-mesh.ts'

export type Tell = (line: string) => void

/** An operation that takes too long, as its client sees it. */
export interface OverdueSeen {
  readonly kind: string
  readonly sinceMs: number
  readonly atMs: number
  readonly facts: object
  readonly self: object
}

const VIEWS_MAX = 6

/**
 * What can be known of operations that are overdue, while they are: written into a directory that stays, one file for a view
 * of the mesh and those that it was asked for.
 */
export class OverdueEvidence {
  readonly #mesh: CapturedMesh
  readonly #killsAtMs: readonly number[]
  readonly #tell: Tell
  #directory = ''
  #views = 0
  #pending: OverdueSeen[] = []
  #isLooking = false

  constructor(mesh: CapturedMesh, killsAtMs: readonly number[], tell: Tell) {
    this.#mesh = mesh
    this.#killsAtMs = killsAtMs
    this.#tell = tell
  }

  async take(seen: OverdueSeen): Promise<void> {
    const ageMs = Math.round(seen.atMs - seen.sinceMs)
    const kills = this.#killsAtMs.map((atMs) => Math.round(atMs - seen.sinceMs)).filter((ms) => ms > -5_000)
    this.#tell(`${seen.kind} has not ended in ${ageMs} ms; kills at ${kills.join(', ') || 'no time near'} ms of it`)
    this.#pending.push(seen)
    if (this.#isLooking || this.#views >= VIEWS_MAX) return
    this.#isLooking = true
    // Those that are overdue come together.
    const view = await this.#mesh.view()
    this.#isLooking = false
    const overdue = this.#pending
    this.#pending = []
    if (this.#directory === '') this.#directory = mkdtempSync(join(tmpdir(), 'weft-soak-overdue-'))
    const file = join(this.#directory, `${++this.#views}.json`)
    writeFileSync(file, JSON.stringify({ overdue, view }, null, 1))
    this.#tell(`what is known of ${overdue.length} overdue: ${file}`)
  }
}
