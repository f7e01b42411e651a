import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cpuSecondsOf, memoryOf, type Memory } from '../measure/processes.ts'
import type { Layout, Peer } from '../peers/peer.ts'
import { OwnedProcess } from './owned-process.ts'

/** A peer, started: one process or a pair of them. */
export class Contender {
  readonly peer: Peer
  readonly layout: Layout
  readonly #processes: OwnedProcess[] = []

  constructor(peer: Peer, layout: Layout) {
    this.peer = peer
    this.layout = layout
  }

  /** Writes its files and starts it. Throws with its last words when it does not come up. */
  async start(): Promise<void> {
    for (const { command, args, files, port, env } of this.peer.processes(this.layout)) {
      for (const [name, text] of Object.entries(files)) {
        const path = join(this.layout.directory, name)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, text)
      }
      const process = new OwnedProcess(this.peer.name, command, args, this.layout.directory, env ?? {})
      this.#processes.push(process)
      await process.untilListening(port)
    }
  }

  get pids(): readonly number[] {
    return this.#processes.map(({ pid }) => pid)
  }

  /** How its processes ended, of which it should have none; '' while all run. */
  get ending(): string {
    return this.#processes
      .filter(({ hasEnded }) => hasEnded)
      .map(({ child, lastWords }) => `ended with ${child.signalCode ?? child.exitCode}: ${lastWords}`)
      .join('; ')
  }

  cpuSeconds(): number {
    return cpuSecondsOf(this.pids)
  }

  memory(): Memory {
    return memoryOf(this.pids)
  }

  async end(): Promise<void> {
    await Promise.all(this.#processes.splice(0).map((process) => process.end()))
  }
}
