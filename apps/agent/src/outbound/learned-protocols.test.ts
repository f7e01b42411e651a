import { expect, test } from 'vitest'
import { LearnedProtocols } from './learned-protocols.ts'

test('what one learns the other knows, and neither tells it twice', () => {
  const told: [string, boolean][] = []
  const second = new LearnedProtocols((key, isHttp) => told.push([key, isHttp]))
  const first = new LearnedProtocols((key, isHttp) => {
    told.push([key, isHttp])
    second.take(key, isHttp)
  })

  first.learn('default/cart:80', true)
  first.learn('default/cart:80', true)
  expect(second.isHttp('default/cart:80')).toBe(true)
  first.learn('default/cart:80', false)
  expect(second.isHttp('default/cart:80')).toBe(false)
  first.learn('default/db:5432', false)

  expect(told).toEqual([
    ['default/cart:80', true],
    ['default/cart:80', false],
  ])
})

test('it is bounded', () => {
  const learned = new LearnedProtocols(() => {})
  for (let i = 0; i < 70_000; i++) learned.learn(String(i), true)
  expect([...learned.keys()]).toHaveLength(65_536)
})
