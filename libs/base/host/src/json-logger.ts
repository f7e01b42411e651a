import type { LogFields, Logger, LogLevel } from '@weft/telemetry'

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** One JSON object per line: time (RFC 3339), level, component, message, fields. No field takes the place of those four. */
export function jsonLogger(component: string, level: LogLevel, write: (line: string) => void = toStderr): Logger {
  const emit = (lineLevel: LogLevel, message: string, fields?: LogFields): void => {
    if (order[lineLevel] < order[level]) return
    const own = { time: new Date().toISOString(), level: lineLevel, component, message }
    write(JSON.stringify({ ...own, ...fields, ...own }) + '\n')
  }
  return {
    debug: (message, fields) => emit('debug', message, fields),
    info: (message, fields) => emit('info', message, fields),
    warn: (message, fields) => emit('warn', message, fields),
    error: (message, fields) => emit('error', message, fields),
    child: (name) => jsonLogger(`${component}/${name}`, level, write),
  }
}

function toStderr(line: string): void {
  process.stderr.write(line)
}
