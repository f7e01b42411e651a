import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeConfig, envName, flagName, loadConfig, nearest, settingsHelp } from './config.ts'
import {
  address,
  choice,
  count,
  duration,
  flag,
  formatDuration,
  many,
  parseDuration,
  path,
  port,
  splitAddress,
  text,
} from './settings.ts'

const table = {
  stateDir: path('Where state is kept.'),
  listenPort: port('Port.', { default: 15001 }),
  joinToken: text('Token.', { default: '', secret: true }),
  upstream: many(address('Resolver.'), { default: ['127.0.0.1:53'] }),
  capture: choice('How.', ['auto', 'ebpf'], { default: 'auto' }),
}

function load(argv: string[], env: Record<string, string> = {}) {
  return loadConfig(table, ['--state-dir', '/s', ...argv], env, 'WEFT_X')
}

function problemsOf(argv: string[], env: Record<string, string> = {}): string {
  try {
    loadConfig(table, argv, env, 'WEFT_X')
  } catch (error) {
    expect(error).toMatchObject({ name: 'Failure', code: 'config' })
    return (error as Error).message
  }
  throw new Error('expected it to be refused')
}

test('a duration with bounds is refused beyond them, in words; 0 may stand for never', () => {
  const bounds = { minMs: 1_000, maxMs: 60_000 }
  const [plain, orNever] = [duration('D.', {}, bounds), duration('D.', {}, { ...bounds, isZeroNever: true })]

  expect(['999ms', '1s', '1m', '2m', '0s'].map(plain.parse)).toEqual([undefined, 1_000, 60_000, undefined, undefined])
  expect(orNever.parse('0s')).toBe(0)
  expect([plain.expected, orNever.expected]).toEqual([
    'a duration from 1s to 1m',
    'a duration from 1s to 1m, or 0s for never',
  ])
})

describe('loadConfig()', () => {
  test('takes defaults for what is not given, and freezes', () => {
    const config = load([])

    expect(config).toEqual({
      stateDir: '/s',
      listenPort: 15001,
      joinToken: '',
      upstream: ['127.0.0.1:53'],
      capture: 'auto',
    })
    expect(Object.isFrozen(config)).toBe(true)
  })

  test('flags win over the environment, which wins over defaults', () => {
    const env = { WEFT_X_LISTEN_PORT: '1', WEFT_X_CAPTURE: 'ebpf', OTHER: 'x' }

    expect(load(['--listen-port', '2'], env)).toMatchObject({ listenPort: 2, capture: 'ebpf' })
  })

  test('reads --flag=value, also when the value begins with dashes', () => {
    expect(load(['--listen-port=7', '--join-token=--x=y']).joinToken).toBe('--x=y')
  })

  test('collects what may be repeated, from flags or from a list in the environment', () => {
    expect(load(['--upstream', '1.1.1.1:53', '--upstream=[::1]:53']).upstream).toEqual(['1.1.1.1:53', '[::1]:53'])
    expect(load([], { WEFT_X_UPSTREAM: '1.1.1.1:53,2.2.2.2:53' }).upstream).toEqual(['1.1.1.1:53', '2.2.2.2:53'])
  })

  test('reports every problem together: what was found, what was expected, what may be meant', () => {
    const problems = problemsOf(['--listen-prot', '1', '--listen-port', '99999', '--capture=iptables'], {
      WEFT_X_LISTENPORT: '1',
    })

    expect(problems.split('\n')).toEqual([
      '"--listen-prot": not a flag of this program (did you mean --listen-port?)',
      '"1": not a flag of this program',
      'environment variable WEFT_X_LISTENPORT: not a setting (did you mean WEFT_X_LISTEN_PORT?)',
      '--state-dir is missing: expected a path',
      '--listen-port: found "99999", expected a port from 0 to 65535',
      '--capture: found "iptables", expected one of auto, ebpf',
    ])
  })

  test('refuses a flag given twice, or without its value', () => {
    expect(problemsOf(['--state-dir', 'a', '--state-dir', 'b'])).toBe('--state-dir is given twice: expected once')
    expect(problemsOf(['--state-dir'])).toContain('--state-dir has no value: expected a path')
    expect(problemsOf(['--state-dir', '--capture', 'auto'])).toContain('--state-dir has no value: expected a path')
  })

  test('never shows a secret', () => {
    const secret = { token: { ...text('Token.', { secret: true }), parse: () => undefined } }

    expect(() => loadConfig(secret, ['--token', 'hunter2'], {}, 'X')).toThrow(
      '--token: found [redacted], expected text',
    )
    expect(describeConfig(table, load(['--join-token', 'hunter2']))).toMatchObject({
      joinToken: '[redacted]',
      listenPort: 15001,
    })
  })

  test('describes text as it is, and lists as JSON', () => {
    const described = describeConfig({ a: text('A.'), b: many(text('B.')) }, { a: 'plain', b: ['x', 'y'] })
    expect(described).toEqual({ a: 'plain', b: '["x","y"]' })
  })
})

test('settingsHelp() names flag, variable, default with its unit and meaning', () => {
  const help = settingsHelp({ drainTimeout: duration('How long.', { default: 10_000 }), node: text('Name.') }, 'x', 'X')

  expect(help).toContain('--drain-timeout, X_DRAIN_TIMEOUT\n      How long.\n      Expected a duration')
  expect(help).toContain('default 10s.')
  expect(help).toContain('Expected text; must be given.')
})

test('formatDuration() writes what parseDuration() reads', () => {
  for (const text of ['0s', '1ms', '1500ms', '2s', '90s', '5m', '24h'])
    expect(formatDuration(parseDuration(text)!)).toBe(text)
})

test('flagName() and envName() say the same in other cases', () => {
  expect(flagName('serviceRange4')).toBe('service-range4')
  expect(envName('WEFT_AGENT', 'bpfPinDir')).toBe('WEFT_AGENT_BPF_PIN_DIR')
})

describe('nearest()', () => {
  test('suggests a word within two edits only', () => {
    expect(nearest('aply', ['apply', 'get'])).toBe(' (did you mean apply?)')
    expect(nearest('xyz', ['apply', 'get'])).toBe('')
  })

  test('finds the word itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => nearest(word, ['zzzzzzzz', word]).includes(`mean ${word}?`)),
    )
  })
})

describe('settings', () => {
  test.each([
    [count('', 1, 10), '10', 10],
    [count('', 1, 10), '11', undefined],
    [count('', 1, 10), '1e1', undefined],
    [count('', 1, 10), '-1', undefined],
    [port(''), '65535', 65535],
    [port(''), '65536', undefined],
    [port(''), '', undefined],
    [port(''), ' 80', undefined],
    [duration(''), '500ms', 500],
    [duration(''), '2h', 7_200_000],
    [duration(''), '10', undefined],
    [duration(''), '1.5s', undefined],
    [duration(''), '1m30s', undefined],
    [flag(''), 'true', true],
    [flag(''), 'yes', undefined],
    [path(''), '', undefined],
    [address(''), 'localhost:80', 'localhost:80'],
    [address(''), 'localhost', undefined],
    [address(''), '::1:80', undefined],
    [address(''), ':80', undefined],
  ])('%# reads %j and %j', (setting, given, expected) => {
    expect(setting.parse(given)).toBe(expected)
  })

  test('splitAddress() takes IPv6 in brackets', () => {
    expect(splitAddress('[::1]:80')).toEqual({ host: '::1', port: 80 })
    expect(splitAddress('[::1]')).toBeNull()
  })
})
