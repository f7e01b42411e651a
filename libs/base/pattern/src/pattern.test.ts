import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PATTERN_CHARS_MAX, PATTERN_INPUT_MAX } from './limits.ts'
import { compilePattern } from './pattern.ts'

/** Small pieces that both engines read the same way. */
const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '[a-c]', '\\d', '\\w', '\\W', '\\.', '/', '-')
const pattern = fc.letrec<{ any: string; one: string }>((tie) => ({
  one: fc.oneof(
    { weight: 4, arbitrary: atom },
    { weight: 1, arbitrary: tie('any').map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie('any').map((inner) => `(?:${inner})`) },
  ),
  any: fc.oneof(
    { depthSize: 'small' },
    tie('one'),
    fc.tuple(tie('one'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,1}', '*?')).map((parts) => parts.join('')),
    fc.tuple(tie('any'), tie('any')).map((parts) => parts.join('')),
    fc.tuple(tie('any'), tie('any')).map((parts) => `(?:${parts.join('|')})`),
    tie('any').map((inner) => `^${inner}`),
    tie('any').map((inner) => `${inner}$`),
  ),
})).any

const input = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', '/', '-', '\n', 'é'), maxLength: 12 })

describe('compilePattern()', () => {
  test('matches exactly what JavaScript matches in full, on patterns that both know', () => {
    fc.assert(
      fc.property(pattern, fc.array(input, { minLength: 1, maxLength: 8 }), (text, inputs) => {
        fc.pre(text.length < 200)
        const ours = compilePattern(text)
        // RE2's `.` leaves out the newline only; JavaScript's also U+2028 and the carriage return, not used here.
        const theirs = new RegExp(`^(?:${text})$`)
        for (const one of inputs) expect([text, one, ours.matches(one)]).toEqual([text, one, theirs.test(one)])
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['/api/v[0-9]+/users', '/api/v12/users', true],
    ['/api/v[0-9]+/users', '/api/v12/users/1', false],
    ['', '', true],
    ['', 'a', false],
    ['(?i)/Admin.*', '/ADMIN/x', true],
    ['(?i)[k-m]', 'L', true],
    ['(?i)[^a]', 'A', false],
    ['[]a]', ']', true],
    ['[a-]', '-', true],
    ['a{,2}', 'a{,2}', true],
    ['\\x41\\x{42}\\t', 'AB\t', true],
    ['(?P<name>x)y', 'xy', true],
    ['\\Aab\\z', 'ab', true],
    ['a.c', 'a\nc', false],
    ['[^a]', '\n', true],
    ['a^b', 'a^b', false],
  ])('%j on %j is %j', (text, one, expected) => {
    expect(compilePattern(text).matches(one)).toBe(expected)
  })

  test('takes linear time where backtracking would take for ever', () => {
    const evil = ['(a+)+b', '(a|a)*b', '(a|aa)+b', '(.*)*b', '(a?){50}a{50}b']

    for (const text of evil) expect(compilePattern(text).matches('a'.repeat(PATTERN_INPUT_MAX)), text).toBe(false)
  })

  test('forgets sets of states instead of growing without end', () => {
    // Each of 2^13 endings is a set of its own.
    const wide = compilePattern('[ab]*a[ab]{13}')
    let seed = 1
    let text = ''
    for (let i = 0; i < 12_000; i++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) | 0
      text += seed & 0x10000 ? 'a' : 'b'
    }

    expect(wide.matches(text.slice(0, -14) + 'a' + 'b'.repeat(13))).toBe(true)
    expect(wide.matches(text.slice(0, -14) + 'b' + 'a'.repeat(13))).toBe(false)
  })

  test('does not match what is too long', () => {
    expect(compilePattern('a*').matches('a'.repeat(PATTERN_INPUT_MAX))).toBe(true)
    expect(compilePattern('a*').matches('a'.repeat(PATTERN_INPUT_MAX + 1))).toBe(false)
  })

  test.each([
    ['(?=a)', 'no lookaround'],
    ['(?<!a)b', 'no lookaround'],
    ['(a)\\1', 'a known escape, not \\1'],
    ['\\bx', 'a known escape, not \\b'],
    ['\\pL', 'a known escape, not \\p'],
    ['[[:alpha:]]', 'not a named class'],
    ['a**', 'one repetition, not two'],
    ['a{2}{3}', 'one repetition, not two'],
    ['*a', 'something to repeat before it'],
    ['a{3,2}', 'with n up to m'],
    ['a{1001}', 'up to 1000'],
    ['(a', 'a closing parenthesis'],
    ['a)', 'an open parenthesis'],
    ['[a', 'a closing bracket'],
    ['[b-a]', 'a range that goes up'],
    ['a\\', 'a character after the backslash'],
    ['(a{1000}){1000}', 'at most 1024 states'],
    ['((((){1000}){1000}){1000})', 'at most 1024 states'],
    ['('.repeat(100) + ')'.repeat(100), 'groups within each other'],
    ['a'.repeat(PATTERN_CHARS_MAX + 1), `at most ${PATTERN_CHARS_MAX}`],
  ])('refuses %j', (text, expected) => {
    expect(() => compilePattern(text)).toThrow(expected)
  })

  test('never throws anything but a Failure, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab()[]{}|*+?^$\\.-,019xdP<>:='), maxLength: 30 }), (text) => {
        try {
          compilePattern(text).matches('ab01')
        } catch (error) {
          expect(error).toMatchObject({ name: 'Failure', code: 'pattern' })
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
