import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fakeContext } from '../testing/fake-context.ts'
import { findTarget } from './target.ts'

const nothing = { mesh: '', stateDir: '', kubeconfig: '', context: '', weftNamespace: '' }
const home = mkdtempSync(join(tmpdir(), 'weft-target-'))
afterAll(() => rmSync(home, { recursive: true }))

test('findTarget() takes what the flags name, and refuses flags for both', () => {
  const context = fakeContext()

  expect(findTarget({ ...nothing, context: 'prod' }, context)).toMatchObject({
    cluster: true,
    context: 'prod',
    namespace: 'weft-system',
  })
  expect(findTarget({ ...nothing, kubeconfig: 'k' }, { ...context, cwd: '/a' })).toMatchObject({ kubeconfig: '/a/k' })
  expect(findTarget({ ...nothing, mesh: 'try' }, context)).toMatchObject({ mesh: 'try' })
  expect(() => findTarget({ ...nothing, mesh: 'try', context: 'prod' }, context)).toThrow('expected one or the other')
})

test('findTarget() takes the cluster of the kubeconfig where no mesh runs on this machine', () => {
  expect(findTarget(nothing, fakeContext({ env: { HOME: home, KUBECONFIG: '/k', WEFT_NAMESPACE: 'mesh' } }))).toEqual({
    cluster: true,
    kubeconfig: 'default',
    context: '',
    namespace: 'mesh',
  })
  expect(findTarget(nothing, fakeContext({ env: { HOME: home } }))).toMatchObject({ mesh: 'default' })
  expect(findTarget(nothing, fakeContext({ env: { HOME: home, KUBECONFIG: '/k', WEFT_MESH: 'try' } }))).toMatchObject({
    mesh: 'try',
  })
  mkdirSync(join(home, '.kube'))
  writeFileSync(join(home, '.kube', 'config'), '')
  expect(findTarget(nothing, fakeContext({ env: { HOME: home } }))).toMatchObject({ cluster: true })
})
