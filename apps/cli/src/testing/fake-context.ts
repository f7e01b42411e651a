import { plainStyle } from '@weft/terminal'
import { FakeClock } from '@weft/time/testing'
import type { Context, Output } from '../context.ts'

export interface FakeContext extends Context {
  readonly printed: { out: string; err: string }
}

/** A context without a terminal, with nothing of this machine in it. */
export function fakeContext(overrides: Partial<Context> = {}): FakeContext {
  const printed = { out: '', err: '' }
  const output = (name: 'out' | 'err'): Output => ({
    write: (text) => void (printed[name] += text),
    isTerminal: false,
    style: plainStyle,
    columns: 80,
    rows: 24,
  })
  return {
    out: output('out'),
    err: output('err'),
    env: { HOME: '/nonexistent' },
    cwd: '/',
    clock: new FakeClock(),
    isRoot: false,
    userName: 'tester',
    readStdin: () => Promise.resolve(''),
    printed,
    ...overrides,
  }
}
