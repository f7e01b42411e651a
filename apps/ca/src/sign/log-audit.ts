import type { Logger } from '@weft/telemetry'
import type { Audit, AuditEntry } from './audit-log.ts'

/** Every certificate issued as a line of the log: where no disk lasts, whoever keeps the logs keeps the record. */
export class LogAudit implements Audit {
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  record(entry: AuditEntry): void {
    this.#log.info('issued a certificate', { ...entry })
  }
}
