import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkExecutable, programCommand } from './program.ts'

const directory = mkdtempSync(join(tmpdir(), 'weft-program-'))
afterAll(() => rmSync(directory, { recursive: true }))
writeFileSync(join(directory, 'tool'), '#!/bin/sh\n', { mode: 0o755 })
writeFileSync(join(directory, 'notes'), 'text\n', { mode: 0o644 })
const codeOf = (word: string, path = directory): string => {
  try {
    checkExecutable(word, path, directory)
    return ''
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('checkExecutable() finds programs as a shell does, and tells absence from lack of permission', () => {
  expect(codeOf('tool')).toBe('')
  expect(codeOf('./tool', '')).toBe('')
  expect(codeOf('notes')).toBe('run_not_executable')
  expect(codeOf('absent')).toBe('run_not_found')
  const loop = join(directory, 'loop')
  symlinkSync(loop, loop)
  expect(codeOf('tool', `${loop}:${directory}/notes:${directory}`), 'PATH with what cannot be looked at').toBe('')
  expect(codeOf('./absent')).toBe('run_not_found')
  expect(codeOf(directory), 'a folder').toBe('run_not_executable')
  expect(codeOf('sub', join(directory, '..')), 'a folder on PATH').toBe('run_not_found')
})

test('programCommand() enters the cgroup first, then the network, and leaves the words of the program alone', () => {
  const words = ['echo', '$HOME', 'a b', '--', '-x']

  const command = programCommand(words, { cgroup: '/cg/w', netnsPath: '/run/netns/n' })

  expect(command.slice(0, 4)).toEqual(['/bin/sh', '-c', 'echo 0 > "$0" && exec "$@"', '/cg/w/cgroup.procs'])
  expect(command[5]).toBe('--net=/run/netns/n')
  expect(command.slice(-words.length)).toEqual(words)
})

test('programCommand() without capture enters nothing', () => {
  expect(programCommand(['true'], { cgroup: '', netnsPath: '' }).join(' ')).not.toMatch(/cgroup|nsenter/)
})
