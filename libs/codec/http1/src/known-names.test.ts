import { expect, test } from 'vitest'
import { field, fieldOf, findKnown, hashStep, knownName, spellingOf } from './known-names.ts'

const connectionNames = [
  'Host',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Upgrade',
  'TE',
  'Keep-Alive',
  'Proxy-Connection',
  'HTTP2-Settings',
]

function find(text: string) {
  const bytes = Buffer.from(text, 'latin1')
  return findKnown(bytes, 0, bytes.length, bytes.reduce(hashStep, 0))
}

test.each(connectionNames.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()]))(
  '%s is known in every case, and alike in both ways',
  (name) => {
    expect(find(name)?.field).toBe(knownName(name)?.field)
    expect(fieldOf(name)).toBe(knownName(name)?.field)
    expect(fieldOf(name)).not.toBe(field.plain)
  },
)

test.each(['Accept', 'X-Hosts', 'Hos', 'Content-Lengt\x0d', 'connectio\x4e\x4e', '', '-', 'Trailer'])(
  '%j is no field of the connection',
  (name) => {
    expect(find(name)?.field ?? field.plain).toBe(field.plain)
    expect(fieldOf(name)).toBe(field.plain)
  },
)

test('spellingOf() gives the usual spellings without making a string, and no other', () => {
  const spelled = (text: string) => spellingOf(find(text)!, Buffer.from(text), 0)

  expect([spelled('User-Agent'), spelled('user-agent'), spelled('USER-AGENT')]).toEqual([
    'User-Agent',
    'user-agent',
    null,
  ])
})
