import { connect } from 'node:net'

/** What `test/agent.c` says of itself. */
export interface AgentLine {
  readonly pid: number
  readonly worker: number
  readonly orphan: number
  readonly port: number
  readonly isTaken: boolean
  readonly restarts: number
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
