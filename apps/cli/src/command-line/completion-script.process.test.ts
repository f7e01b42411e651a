import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../commands.ts'
import { completionScript, type Shell } from './completion-script.ts'

let dir: string
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'weft-completion-'))))
afterAll(() => rmSync(dir, { recursive: true }))

/** Few machines have all three shells, and nothing of the product needs any: what is not there counts as no skip. */
function inShell(shell: Shell, tests: () => void): void {
  const dirs = (process.env['PATH'] ?? '').split(':')
  if (dirs.some((each) => existsSync(join(each, shell)))) describe(`completion in ${shell}`, tests)
}

function scriptOf(shell: Shell): string {
  const path = join(dir, shell)
  writeFileSync(path, completionScript(shell, commands))
  return path
}

const cases = [
  { line: ['weft', 'stat'], offered: ['stat', 'status'] },
  { line: ['weft', 'up', '--nod'], offered: ['--nodes'] },
  { line: ['weft', '--mesh', 'try', 'expl'], offered: ['explain'] },
  { line: ['weft', '-o', 'json', 'completion', 'fi'], offered: ['fish'] },
]

inShell('bash', () => {
  test.each(cases)('$line', ({ line, offered }) => {
    const words = line.map((word) => `'${word}'`).join(' ')
    const script = `source ${scriptOf('bash')}; COMP_WORDS=(${words}); COMP_CWORD=${line.length - 1}; _weft
      printf '%s\n' "$\{COMPREPLY[@]}"`
    const out = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })

    expect(out.trim().split('\n').toSorted()).toEqual(offered)
  })

  test('after `run … --` programs are offered', () => {
    const script = `source ${scriptOf('bash')}; COMP_WORDS=(weft run -s a -- bas); COMP_CWORD=5; _weft
      printf '%s\n' "$\{COMPREPLY[@]}"`
    expect(execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })).toMatch(/^bash$/m)
  })
})

inShell('fish', () => {
  test.each(cases)('$line', ({ line, offered }) => {
    const out = execFileSync('fish', ['-N', '-c', `source ${scriptOf('fish')}; complete -C '${line.join(' ')}'`], {
      encoding: 'utf8',
      env: { ...process.env, HOME: dir },
    })
    const found = out
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0])

    expect(found.toSorted()).toEqual(offered)
  })
})

inShell('zsh', () => {
  test.each(cases)('$line', ({ line, offered }) => {
    // What the completion system would be asked to add, without a terminal.
    const script = `autoload -Uz compinit; compinit -u -d ${dir}/dump; source ${scriptOf('zsh')}
      compadd() { local all=0; for word in "$@"; do if ((all)); then print -r -- $word; elif [[ $word == -- ]]; then all=1; fi; done }
      _describe() { for each in "$\{(@P)2}"; do print -r -- "$\{each%%:*}"; done }
      _files() { : }
      words=(${line.map((word) => `'${word}'`).join(' ')}); CURRENT=${line.length}; _weft`
    const out = execFileSync('zsh', ['-f', '-c', script], { encoding: 'utf8' })
    const found = out.split('\n').filter((word) => word.startsWith(line.at(-1)!))

    expect(found.toSorted()).toEqual(offered)
  })
})
