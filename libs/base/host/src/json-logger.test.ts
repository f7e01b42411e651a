import { expect, test } from 'vitest'
import { jsonLogger } from './json-logger.ts'

function linesOf(
  use: (log: ReturnType<typeof jsonLogger>) => void,
  level: 'debug' | 'warn' = 'debug',
): Record<string, unknown>[] {
  const lines: string[] = []
  use(jsonLogger('agent', level, (line) => lines.push(line)))
  return lines.map((line) => {
    expect(line.endsWith('\n') && line.indexOf('\n') === line.length - 1, 'one line').toBe(true)
    return JSON.parse(line) as Record<string, unknown>
  })
}

test('jsonLogger() writes one JSON object per line', () => {
  const [line] = linesOf((log) => log.child('dns').info('cannot\nresolve', { name: 'cart', tries: 3, ok: false }))

  expect(line).toMatchObject({
    level: 'info',
    component: 'agent/dns',
    message: 'cannot\nresolve',
    name: 'cart',
    tries: 3,
    ok: false,
  })
  expect(line!['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('jsonLogger() leaves out what is below the level', () => {
  const lines = linesOf((log) => {
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
  }, 'warn')

  expect(lines.map((line) => line['message'])).toEqual(['c', 'd'])
})

test('jsonLogger() lets no field hide what the line is about', () => {
  const [line] = linesOf((log) => log.warn('refused', { message: 'because', level: 'info', time: 0, component: 'x' }))

  expect(line).toMatchObject({ level: 'warn', component: 'agent', message: 'refused', time: expect.any(String) })
})
