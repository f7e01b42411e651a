import { expect, test } from 'vitest'
import { clip, colourStyle, LiveRegion, plainStyle, printable, renderTable, widthOf } from './index.ts'

test('renderTable() aligns columns by what is seen, colour or not', () => {
  const columns = [
    { title: 'NAME', value: (row: readonly [string, string]) => row[0] },
    { title: 'N', value: (row: readonly [string, string]) => row[1], align: 'right' as const },
  ]

  const plainLines = renderTable(columns, [
    ['cart', '7'],
    ['web', '123'],
  ])
  const colourLines = renderTable(columns, [
    [colourStyle.good('cart'), '7'],
    ['web', '123'],
  ])

  expect(plainLines).toEqual(['NAME    N', 'cart    7', 'web   123'])
  expect(colourLines.map(widthOf)).toEqual(plainLines.map(widthOf))
})

test('renderTable() leaves out what is spare where there is no room, and nothing else', () => {
  const column = (title: string, spare?: number) => ({ title, value: () => '123456', ...(spare ? { spare } : {}) })
  const columns = [column('A'), column('B', 1), column('C', 2), column('D')]
  const titles = (width: number) => renderTable(columns, [{}], width)[0]!.split(/ +/).join('')

  expect([titles(Infinity), titles(30), titles(29), titles(22), titles(21), titles(1)]).toEqual([
    'ABCD',
    'ABCD',
    'ABD',
    'ABD',
    'AD',
    'AD',
  ])
})

test('renderTable() leaves no trailing blanks and shows titles alone when there are no rows', () => {
  const columns = [
    { title: 'A', value: (row: string) => row },
    { title: 'B', value: () => '' },
  ]

  expect(renderTable(columns, ['xyz'])).toEqual(['A    B', 'xyz'])
  expect(renderTable(columns, [])).toEqual(['A  B'])
})

test('LiveRegion rewrites its own lines and lets printed lines scroll above', () => {
  let written = ''
  const region = new LiveRegion({ write: (text) => (written += text), columns: 80, rows: 24 })

  region.show(['one', 'two'])
  written = ''
  region.print(['event'])

  expect(written, 'two lines up, erase to the end, event, then the region again').toBe(
    '\x1b[2A\r\x1b[Jevent\none\ntwo\n',
  )
})

test('LiveRegion clips to the screen, because a wrapped line cannot be taken back', () => {
  let written = ''
  const region = new LiveRegion({ write: (text) => (written += text), columns: 6, rows: 3 })

  region.show(['0123456789', 'b', 'c', 'd'])

  expect(written).toBe('01234\nb\n')
})

test('clip() keeps the end of colour', () => {
  expect(clip(colourStyle.bad('abcdef'), 3)).toBe('\x1b[31mabc\x1b[0m')
  expect(clip(plainStyle.bad('abc'), 3)).toBe('abc')
})

test('printable() shows control characters instead of obeying them', () => {
  expect(printable('a\x1b[2Jb\x9bc')).toBe('a\\x1b[2Jb\\x9bc')
})
