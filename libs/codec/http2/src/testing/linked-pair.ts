import { FakeClock } from '@weft/time/testing'
import { Http2Connection } from '../connection.ts'
import type { Http2Options } from '../http2-options.ts'
import { MemoryOutput } from './memory-output.ts'
import { RecordingHandler } from './recorders.ts'

/** A client and a server in memory. Nothing moves until `settle`. */
export class LinkedPair {
  readonly clock = new FakeClock()
  readonly clientOutput = new MemoryOutput()
  readonly serverOutput = new MemoryOutput()
  readonly clientHandler = new RecordingHandler()
  readonly serverHandler = new RecordingHandler()
  readonly client: Http2Connection
  readonly server: Http2Connection
  readonly #tasks: (() => void)[] = []

  constructor(clientOptions: Partial<Http2Options> = {}, serverOptions: Partial<Http2Options> = {}) {
    const schedule = (task: () => void): void => void this.#tasks.push(task)
    const { clientOutput, clientHandler, serverOutput, serverHandler, clock } = this
    this.client = new Http2Connection(
      { role: 'client', schedule, ...clientOptions },
      clientOutput,
      clientHandler,
      clock,
    )
    this.server = new Http2Connection(
      { role: 'server', schedule, ...serverOptions },
      serverOutput,
      serverHandler,
      clock,
    )
  }

  /** Ends the turn, on both sides, and moves what was written, again and again until nothing moves. */
  settle(): void {
    for (;;) {
      for (const task of this.#tasks.splice(0)) task()
      const toServer = this.clientOutput.take()
      const toClient = this.serverOutput.take()
      if (toServer.length > 0) this.server.receive(toServer)
      if (toClient.length > 0) this.client.receive(toClient)
      if (toServer.length === 0 && toClient.length === 0 && this.#tasks.length === 0) return
    }
  }
}
