import { storedKinds } from '@weft/resources'
import { expect, test } from 'vitest'
import { kindWords } from './kind-words.ts'

test('kindWords are the kinds that a mesh keeps', () => {
  expect(kindWords.toSorted()).toEqual(storedKinds.map((kind) => kind.toLowerCase()).toSorted())
})
