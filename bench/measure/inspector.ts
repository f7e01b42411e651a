import { setTimeout as sleep } from 'node:timers/promises'

/** Where a Node that gets SIGUSR1 listens for debuggers. */
const INSPECTOR = 'http://127.0.0.1:9229/json/list'

export interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}

export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: CallFrame
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The inspector of a running Node process, opened from outside by a signal: no flag at its start is needed. */
export class Inspector {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (reply: { result?: unknown; error?: { message: string } }) => void>()
  #next = 1

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const reply = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { message: string } }
      if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply)
    })
  }

  static async open(pid: number): Promise<Inspector> {
    process.kill(pid, 'SIGUSR1')
    const socket = new WebSocket(await debuggerUrl())
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true })
      socket.addEventListener('error', () => reject(new Error('inspector: no connection')), { once: true })
    })
    return new Inspector(socket)
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    const id = this.#next++
    const reply = new Promise<{ result?: unknown; error?: { message: string } }>((resolve) =>
      this.#waiting.set(id, resolve),
    )
    this.#socket.send(JSON.stringify({ id, method, params }))
    const { result, error } = await reply
    this.#waiting.delete(id)
    if (error !== undefined) throw new Error(`inspector: ${method}: ${error.message}`)
    return result
  }

  /** Returns when the port is free, for the other process of a pair. */
  async close(): Promise<void> {
    // Closing waits for its debuggers to go, so we must be gone first.
    await this.send('Runtime.evaluate', {
      expression: "setTimeout(() => process.getBuiltinModule('inspector').close(), 50)",
    })
    this.#socket.close()
    await sleep(500)
  }
}

async function debuggerUrl(): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      const targets = (await (await fetch(INSPECTOR)).json()) as { webSocketDebuggerUrl: string }[]
      return targets[0]!.webSocketDebuggerUrl
    } catch {
      await sleep(100)
    }
  }
  throw new Error('inspector: the process opened none at port 9229')
}
