import { appendFileSync, renameSync, statSync } from 'node:fs'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'

/** One certificate that was issued. */
export interface AuditEntry {
  readonly time: string
  readonly method: 'Join' | 'Renew' | 'Issue' | 'self'
  readonly identity: string
  readonly serial: string
  /** The node that asked; '' for other parts. */
  readonly node: string
  readonly notAfter: string
}

/** Where every certificate is recorded before it is handed out. Never fails: what cannot be recorded is counted and logged. */
export interface Audit {
  record(entry: AuditEntry): void
}

const FILE_BYTES_MAX = 32 * 1024 * 1024

/**
 * Every certificate issued, one JSON object a line, in `issued.jsonl`; the former file is kept as `issued.jsonl.1`.
 *
 * A line that cannot be written (full disk) goes to the log instead and is counted: refusing renewals would turn a full
 * disk into an outage of the whole mesh.
 */
export class AuditLog implements Audit {
  readonly #path: string
  readonly #log: Logger
  readonly #onFailure: () => void
  readonly #bytesMax: number

  constructor(path: string, log: Logger, onFailure: () => void, bytesMax = FILE_BYTES_MAX) {
    this.#path = path
    this.#log = log
    this.#onFailure = onFailure
    this.#bytesMax = bytesMax
  }

  record(entry: AuditEntry): void {
    const line = JSON.stringify(entry) + '\n'
    try {
      const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0
      if (size + line.length > this.#bytesMax) renameSync(this.#path, `${this.#path}.1`)
      appendFileSync(this.#path, line, { mode: 0o600 })
    } catch (error) {
      this.#onFailure()
      this.#log.error('cannot write the audit log; the entry is here', { error: describeError(error), ...entry })
    }
  }
}
