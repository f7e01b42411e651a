import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeaderList } from './headers.ts'

/** As a reader of HTTP/1 makes it; fields named `-` stand in the text and are none. */
function listOfText(fields: readonly (readonly [string, string])[]): HeaderList {
  let text = 'GET / HTTP/1.1\r\n'
  const spans: number[] = []
  for (const [name, value] of fields) {
    const start = text.length
    const nameEnd = name === '-' ? start : start + name.length
    spans.push(start, nameEnd, start + name.length + 2, start + name.length + 2 + value.length)
    text += `${name}: ${value}\r\n`
  }
  return HeaderList.ofText(`${text}\r\n`, spans)
}

describe('HeaderList', () => {
  test('that was read gives its lines as they came, until a field is changed', () => {
    const list = listOfText([
      ['A', '1'],
      ['-', 'x'],
      ['B', '2'],
      ['c', ''],
      ['-', 'y'],
    ])

    list.append('D', '4')

    expect([list.lines, list.appended]).toEqual(['A: 1\r\nB: 2\r\nc: \r\n', ['D', '4']])
    expect(list.copy().flat).toEqual(['A', '1', 'B', '2', 'c', '', 'D', '4'])
    list.delete('none')
    expect(list.lines).not.toBeNull()
    list.set('b', '3')
    expect([list.lines, list.appended]).toEqual([null, ['A', '1', 'B', '3', 'c', '', 'D', '4']])
  })

  test('finds fields whatever the case, the first of several', () => {
    const list = new HeaderList(['Host', 'a', 'X-A', '1', 'x-a', '2'])

    expect(list.count).toBe(3)
    expect(list.get('x-a')).toBe('1')
    expect(list.getAll('X-A')).toEqual(['1', '2'])
    expect(list.get('x-b')).toBeNull()
    expect(list.has('HOST')).toBe(true)
  })

  test('does not take a value for a name', () => {
    expect(new HeaderList(['a', 'host', 'b', 'x']).get('host')).toBeNull()
  })

  test('set() keeps one field, at the place of the first', () => {
    const list = new HeaderList(['A', '1', 'B', '2', 'a', '3', 'C', '4', 'a', '5'])

    list.set('a', 'new')

    expect(list.flat).toEqual(['A', 'new', 'B', '2', 'C', '4'])
    list.set('D', '6')
    expect(list.get('d')).toBe('6')
  })

  test('a copy is independent', () => {
    const list = new HeaderList(['a', '1'])
    const copy = list.copy()
    copy.set('a', '2')

    expect(list.get('a')).toBe('1')
  })

  test('behaves as a plain list of pairs does', () => {
    const name = fc.constantFrom('a', 'A', 'b', 'B', 'c')
    const change = fc.record({
      kind: fc.constantFrom('append', 'set', 'delete'),
      name,
      value: fc.constantFrom('1', '2', 'a'),
    })
    const read = fc.array(fc.tuple(name, fc.constantFrom('', '1', 'a b')), { maxLength: 6 })
    fc.assert(
      fc.property(fc.option(read), fc.array(change, { maxLength: 30 }), (fields, changes) => {
        const list = fields === null ? new HeaderList() : listOfText(fields)
        let pairs: [string, string][] = fields === null ? [] : fields.slice()
        const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
        for (const { kind, name: field, value } of changes) {
          expect(list.get(field)).toBe(pairs.find(([other]) => same(other, field))?.[1] ?? null)
          expect(list.countOf(field)).toBe(pairs.filter(([other]) => same(other, field)).length)
          if (kind === 'append') {
            list.append(field, value)
            pairs.push([field, value])
          } else if (kind === 'delete') {
            list.delete(field)
            pairs = pairs.filter(([other]) => !same(other, field))
          } else {
            list.set(field, value)
            const at = pairs.findIndex(([other]) => same(other, field))
            if (at < 0) pairs.push([field, value])
            else {
              pairs[at] = [pairs[at]![0], value]
              pairs = pairs.filter(([other], i) => i <= at || !same(other, field))
            }
          }
        }
        expect(list.flat).toEqual(pairs.flat())
        for (const field of ['a', 'b', 'c']) {
          expect(list.getAll(field)).toEqual(pairs.filter(([other]) => same(other, field)).map(([, value]) => value))
        }
      }),
    )
  })
})
