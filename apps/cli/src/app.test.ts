import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from './app.ts'
import { completionScript, shells } from './command-line/completion-script.ts'
import { commands } from './commands.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './machine/tools.ts'
import { fakeContext } from './testing/fake-context.ts'

const run = async (...argv: string[]) => {
  const context = fakeContext()
  return { code: await runCli(argv, context), ...context.printed }
}

test('weft alone shows its help as an error, weft --help as a result', async () => {
  const bare = await run()
  const asked = await run('--help')

  expect(bare).toMatchObject({ code: 2, out: '' })
  expect(asked).toMatchObject({ code: 0, err: '' })
  expect(asked.out).toBe(bare.err)
  for (const { name } of commands) expect(asked.out).toContain(`  ${name} `)
})

test.each(commands.map((command) => command.name))(
  'weft %s --help shows an example that this table can read',
  async (name) => {
    const { code, out } = await run(name, '--help')

    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`Usage: weft ${name}`))
    expect(out).toMatch(new RegExp(`Examples?:\\n  weft `))
  },
)

test.each(['', ...commands.map((command) => command.name)])('weft %s --help fits into 80 columns', async (name) => {
  const { out } = await run(...(name === '' ? [] : [name]), '--help')

  // Usage and examples are for copying, and stay on one line.
  const wide = out.split('\n').filter((line) => line.length > 80 && !/^(Usage: | {2}weft |`weft )/.test(line))
  expect(wide).toEqual([])
})

test('an unknown command names the nearest and all', async () => {
  const { code, err } = await run('aply')

  expect(code).toBe(2)
  expect(err).toContain('"aply" is not a command (did you mean apply?): expected one of up, run,')
})

test('an unknown flag names the nearest', async () => {
  expect(await run('up', '--node', '2')).toMatchObject({
    code: 2,
    err: 'weft: --node: not a flag of weft up (did you mean --nodes?)\n',
  })
})

test('flags of every command may stand before it', async () => {
  const { code, out } = await run('-o', 'json', 'version')

  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ weft: expect.any(String), node: expect.any(String) })
})

test('too many and too few operands are refused with what is expected', async () => {
  expect((await run('version', 'x')).err).toBe('weft: weft version: found "x", expected no operands\n')
  expect((await run('explain', 'web')).err).toBe('weft: weft explain: found 1 operands, expected SOURCE DEST\n')
})

test('run takes --help for itself only before the program', async () => {
  expect((await run('run', '--help')).code).toBe(0)
  expect((await run('run', '--service', 'x', '--', 'ls', '--help')).code, 'no mesh runs').toBe(
    exitCodes.run_failed.code,
  )
})

test('a command for a mesh that does not run says where it looked and how to start one', async () => {
  const { code, err } = await run('status', '--mesh', 'try', '--state-dir', '/nonexistent/try')

  expect(code).toBe(exitCodes.not_running.code)
  expect(err).toBe(
    'weft: mesh try is not running in /nonexistent/try: start it with `weft up --mesh try`, or name a cluster with --kubeconfig\n',
  )
})

test('what a message quotes cannot steer the terminal', async () => {
  expect((await run('\x1b[2J')).err).not.toContain('\x1b')
})

test.each(shells)('the completion for %s knows every command and its flags', (shell) => {
  const script = completionScript(shell, commands)

  for (const command of commands) expect(script).toContain(command.name)
  expect(script).toContain('own-network')
})

test('docs/cli.md and the tables agree on commands and exit codes', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/cli.md'), 'utf8')

  for (const { name } of commands) expect(page, name).toContain(`\`${name}\``)
  const rows = Object.values(exitCodes).map(({ code, meaning }) => `| ${code} | ${meaning} |`)
  const shown = page.split('\n').map((line) => line.replace(/ +/g, ' '))
  expect(shown.filter((line) => /^\| \d+ \|/.test(line))).toEqual(rows)
})

test('exitCodeOf() gives a failure of any origin the code of its row', () => {
  expect(exitCodeOf('invalid_argument')).toBe(exitCodes.resource.code)
  expect(exitCodeOf('unavailable')).toBe(exitCodes.not_running.code)
  expect(exitCodeOf('something new')).toBe(exitCodes.failed.code)
  expect(exitCodeOf('constructor')).toBe(exitCodes.failed.code)
})
