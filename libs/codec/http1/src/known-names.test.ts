import { expect, test } from 'vitest'
import { field, fieldAt, fieldOf, knownName } from './known-names.ts'

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

test.each(connectionNames.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()]))(
  '%s is known in every case, and alike in both ways',
  (name) => {
    expect(fieldAt(`x${name}: y`, 1, 1 + name.length)).toBe(knownName(name)?.field)
    expect(fieldOf(name)).toBe(knownName(name)?.field)
    expect(fieldOf(name)).not.toBe(field.plain)
  },
)

test.each(['Accept', 'X-Hosts', 'Hos', 'Content-Lengt\x0d', 'connectio\x4e\x4e', '', '-', 'Trailer'])(
  '%j is no field of the connection',
  (name) => {
    expect(knownName(name)?.field ?? field.plain).toBe(field.plain)
    expect(fieldOf(name)).toBe(field.plain)
  },
)
