import { choice, count, many, text } from '@weft/config'
import { expect, test } from 'vitest'
import { switchFlag, valueFlag } from './flag.ts'
import { parseArguments } from './parse-arguments.ts'

const table = {
  file: valueFlag('FILE', many(text('Files.'), { default: [] }), 'f'),
  wait: switchFlag('Wait.', 'w'),
  nodes: valueFlag('N', count('Nodes.', 1, 9, { default: 1 })),
  output: valueFlag('FORMAT', choice('Format.', ['table', 'json'], { default: 'table' }), 'o'),
}
const parse = (...argv: string[]) => parseArguments(table, argv, { stopAtOperand: false, program: 'weft try' })
const messageOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('parseArguments() reads a flag in each way it can be written', () => {
  for (const argv of [['--output', 'json'], ['--output=json'], ['-o', 'json'], ['-ojson'], ['-o=json']]) {
    expect(parse(...argv).flags.output, argv.join(' ')).toBe('json')
  }
  expect(parse('-f', 'a', '--file=b').flags.file).toEqual(['a', 'b'])
  expect(parse('--wait').flags.wait).toBe(true)
  expect(parse('--wait=false').flags.wait).toBe(false)
})

test('parseArguments() takes - and everything after -- as operands', () => {
  expect(parse('x', '-', '--wait', '--', '--nodes', '-h').operands).toEqual(['x', '-', '--nodes', '-h'])
})

test('parseArguments() leaves the rest alone from the first operand on, where that is asked for', () => {
  const { flags, operands } = parseArguments(table, ['--wait', 'curl', '--wat', '-o'], {
    stopAtOperand: true,
    program: 'weft run',
  })

  expect(flags.wait).toBe(true)
  expect(operands).toEqual(['curl', '--wat', '-o'])
})

test('parseArguments() says everything that is wrong at once, with what was expected', () => {
  const message = messageOf(() => parse('--nods', '--nodes', '12', '-o', 'xml', '--wait', '--wait', '--file'))

  expect(message.split('\n')).toEqual([
    '--nods: not a flag of weft try (did you mean --nodes?)',
    '--wait is given twice: expected once',
    '--file has no value: expected text',
    '--nodes: found "12", expected a whole number from 1 to 9',
    '--output: found "xml", expected one of table, json',
  ])
})

test('parseArguments() misses a flag that must be given', () => {
  const needy = { service: valueFlag('NAME', text('Service.')) }

  expect(messageOf(() => parseArguments(needy, [], { stopAtOperand: false, program: 'weft run' }))).toBe(
    '--service is missing: expected text',
  )
})

test('parseArguments() knows which flags were written', () => {
  expect([...parse('--nodes', '1').given]).toEqual(['nodes'])
})
