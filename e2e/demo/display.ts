import { colourStyle, LiveRegion, plainStyle, renderTable, type Column, type Style } from '@weft/terminal'
import type { StatRow } from './stat-feed.ts'

const PLAIN_TABLE_EVERY_MS = 8_000

/**
 * What the person sees: on a terminal lines that stay, above a table that is rewritten in place; elsewhere plain lines,
 * with the table now and then.
 */
export class Display {
  readonly style: Style
  readonly isTerminal: boolean
  readonly #region: LiveRegion | null
  #phase = ''
  #keys = ''
  #table: readonly string[] = []
  #lastPlainMs = 0

  constructor(stream: NodeJS.WriteStream) {
    this.isTerminal = stream.isTTY === true && process.env['TERM'] !== 'dumb'
    this.style = this.isTerminal && !process.env['NO_COLOR'] ? colourStyle : plainStyle
    const screen = {
      write: (text: string) => void stream.write(text),
      get columns() {
        return stream.columns || 100
      },
      get rows() {
        return stream.rows || 30
      },
    }
    this.#region = this.isTerminal ? new LiveRegion(screen) : null
    const startedMs = performance.now()
    this.#write = (line) => {
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)
      stream.write(`[${seconds} s] ${line}\n`)
    }
  }

  readonly #write: (line: string) => void

  /** A line that stays. */
  say(line: string): void {
    if (this.#region === null) this.#write(line)
    else this.#region.print([line])
  }

  /** What is going on now. */
  phase(text: string): void {
    this.#phase = text
    if (this.#region === null) this.#write(`== ${text}`)
    else this.#draw()
  }

  keys(text: string): void {
    this.#keys = text
    this.#draw()
  }

  rows(rows: readonly StatRow[]): void {
    const shown = rows.filter((row) => row.successes + row.failures > 0)
    this.#table = shown.length === 0 ? [] : renderTable(columns(this.style), shown)
    if (this.#region !== null) return this.#draw()
    const nowMs = performance.now()
    if (nowMs - this.#lastPlainMs < PLAIN_TABLE_EVERY_MS || this.#table.length === 0) return
    this.#lastPlainMs = nowMs
    for (const line of this.#table) this.#write(`   ${line}`)
  }

  /** Leaves the lines that stay, and nothing else. */
  end(): void {
    this.#region?.clear()
    this.#table = []
  }

  #draw(): void {
    const [titles, ...rows] = this.#table
    const table = titles === undefined ? [] : ['', this.style.bold(titles), ...rows]
    this.#region?.show([
      `${this.style.bold('▶')} ${this.#phase}`,
      ...table,
      ...(this.#keys === '' ? [] : ['', this.style.dim(this.#keys)]),
    ])
  }
}

function columns(style: Style): Column<StatRow>[] {
  const right = 'right' as const
  const ms = (value: number): string => (value > 0 ? `${value < 10 ? value.toFixed(1) : Math.round(value)}ms` : '-')
  return [
    { title: 'SERVICE', value: (row) => row.service },
    { title: 'SUCCESS', value: (row) => success(row, style), align: right },
    { title: 'REQ/S', value: (row) => row.requestsPerSecond.toFixed(1), align: right },
    { title: 'P50', value: (row) => ms(row.p50Ms), align: right },
    { title: 'P95', value: (row) => ms(row.p95Ms), align: right },
    { title: 'P99', value: (row) => ms(row.p99Ms), align: right },
    { title: 'MESH P99', value: (row) => ms(row.addedP99Ms), align: right },
    { title: 'IDENTITY', value: (row) => row.destination || '-' },
    {
      title: 'ENCRYPTED',
      value: (row) => (row.security === 'mtls' ? style.good('mTLS') : style.bad(row.security || '-')),
    },
    { title: 'INSTANCES', value: (row) => `${row.instancesReady}/${row.instances}`, align: right },
  ]
}

function success({ successes, failures }: StatRow, style: Style): string {
  if (successes + failures === 0) return '-'
  const text = `${(Math.floor((successes / (successes + failures)) * 1_000) / 10).toFixed(1)}%`
  return failures === 0 ? style.good(text) : style.warn(text)
}
