import { copyFileSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What `test/agent.c` says of itself. */
export interface AgentLine {
  readonly pid: number
  readonly worker: number
  readonly orphan: number
  readonly port: number
  readonly isTaken: boolean
  readonly restarts: number
}

/** A copy of the agent's program for one test file, by whose path what is left of its processes is found. */
export function ownCopy(program: string): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'weft-test-agent-')), 'agent')
  copyFileSync(program, copy)
  return copy
}

/** Ends every process that runs that copy: a launcher that was killed with -9 leaves behind what its agent left. */
export function endAll(copy: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/exe`) === copy) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It ended meanwhile.
    }
  }
}

export function removeCopy(copy: string): void {
  rmSync(dirname(copy), { recursive: true })
}

/** The pid of the agent that answers at a port. */
export function ask(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('error', reject)
    socket.on('data', (data: Buffer) => (text += data.toString()))
    socket.on('end', () => resolve(Number(text)))
  })
}
