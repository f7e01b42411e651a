import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const weft = join(import.meta.dirname, '../apps/cli/bin/weft')
const directory = mkdtempSync(join(tmpdir(), 'weft-cli-'))
afterAll(() => rmSync(directory, { recursive: true }))
const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(weft, [...args, '--state-dir', join(directory, 'state')], {
    encoding: 'utf8',
    input,
    cwd: directory,
  })
  return { code: status, out: stdout, err: stderr }
}

test('weft writes no escape codes into a pipe, whatever it shows', () => {
  for (const args of [['--help'], ['check'], ['status'], ['stta']]) {
    const { out, err } = run(args)
    expect(out + err).not.toContain('\x1b')
  }
})

test('results alone are on standard output, so that JSON can be piped on', () => {
  const { out, err } = run(['version', '-o', 'json'])

  expect(JSON.parse(out)).toMatchObject({ weft: expect.any(String) })
  expect(err).toBe('')
})

test('a reader that goes away ends weft quietly', () => {
  const { stderr, status } = spawnSync('sh', ['-c', `"${weft}" --help | true`], { encoding: 'utf8' })

  expect([status, stderr]).toEqual([0, ''])
})

test('a wrong file is refused with file, line and column of each problem, before any mesh is asked', () => {
  writeFileSync(
    join(directory, 'bad.yaml'),
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\nspec:\n  prots:\n    - port: 99999\n',
  )

  const { code, err } = run(['apply', '-f', 'bad.yaml'])

  expect(code).toBe(3)
  expect(err).toContain('bad.yaml:6:3: spec.prots: unknown field (did you mean ports?)')
})

test('a file that is not there, an empty directory and broken YAML are told apart', () => {
  expect(run(['apply', '-f', 'absent.yaml'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('cannot read "absent.yaml"'),
  })
  expect(run(['apply', '-f', '.']).code).toBe(3)
  expect(run(['apply', '-f', '-'], '{ kind: [')).toMatchObject({ code: 3, err: expect.stringContaining('<stdin>:1') })
})

test('a program that cannot be run has the shell’s exit codes', () => {
  expect(run(['run', '--service', 'x', '--', 'true']), 'no mesh runs').toMatchObject({ code: 125 })
})

test('down without a mesh has nothing to do, and says so', () => {
  expect(run(['down', '--mesh', 'clinothing'])).toMatchObject({ code: 0, out: 'mesh clinothing was not running\n' })
})

test('check names what it looked at by stable ids, and a machine without capture is no failure', () => {
  const { code, out } = run(['check', '-o', 'json'])
  const { checks } = JSON.parse(out) as { checks: { id: string }[] }

  expect(code).toBe(0)
  expect(checks.map(({ id }) => id)).toContain('capture-kernel')
})
