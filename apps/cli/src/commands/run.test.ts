import { Failure } from '@weft/faults'
import { expect, test } from 'vitest'
import { parseArguments } from '../command-line/parse-arguments.ts'
import { globalFlags } from '../command-line/global-flags.ts'
import type { MeshFile } from '../mesh/mesh-file.ts'
import { registration, runCommand } from './run.ts'

const mesh = {
  plan: { mesh: 'try', nodes: [{ name: 'node1', netns: '' }], settings: { capture: 'ebpf' } },
} as unknown as MeshFile

function given(...words: string[]) {
  const table = { ...runCommand.flags, ...globalFlags }
  const { flags } = parseArguments(table, ['--service', 'cart', ...words], { stopAtOperand: true, program: 'weft run' })
  return registration(flags as unknown as Parameters<typeof registration>[0], mesh)
}

test('what is right becomes a registration', () => {
  expect(
    given('--port', '8080', '--publish', '9000', '--label', 'example.com/tier=back', '--label', 'v='),
  ).toMatchObject({
    ports: [8080],
    publishPort: 9000,
    labels: { 'example.com/tier': 'back', v: '' },
  })
})

test.each([
  [['--label', '-x=1'], '--label: found "-x"'],
  [['--label', 'x=a b'], '--label: found "a b"'],
  [['--namespace', 'Shop'], '--namespace: found "Shop"'],
  [['--service-account', 'a_b'], '--service-account: found "a_b"'],
  [['--publish', '9000'], '--publish: found no --port'],
  [['--node', 'node2'], '--node: found "node2"'],
  [
    Array.from({ length: 65 }, (_, i) => ['--port', String(1000 + i)]).flat(),
    '--port: found "65 ports", expected at most 64',
  ],
])('%j is refused by the name of its flag, before anybody is asked', (words, expected) => {
  const failure = (() => {
    try {
      given(...words)
      return null
    } catch (error) {
      return error
    }
  })()
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toMatchObject({ code: 'usage', message: expect.stringContaining(expected) })
})
