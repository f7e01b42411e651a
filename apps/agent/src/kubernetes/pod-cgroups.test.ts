import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cgroupUids, PodCgroups } from './pod-cgroups.ts'

const UID = '3a4b-5c6d'
let mount: string

beforeEach(() => (mount = mkdtempSync(join(tmpdir(), 'weft-cgroups-'))))
afterEach(() => rmSync(mount, { recursive: true }))

const make = (path: string): void => void mkdirSync(join(mount, path), { recursive: true })

test.each([
  ['kubepods/pod3a4b-5c6d', 'cri-containerd-c0ffee.scope'],
  ['kubepods/burstable/pod3a4b-5c6d', 'c0ffee'],
  ['kubepods/besteffort/pod3a4b-5c6d', 'crio-c0ffee'],
  ['kubepods.slice/kubepods-pod3a4b_5c6d.slice', 'cri-containerd-c0ffee.scope'],
  ['kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3a4b_5c6d.slice', 'crio-c0ffee.scope'],
  ['kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod3a4b_5c6d.slice', 'docker-c0ffee.scope'],
  ['kubelet/kubepods/pod3a4b-5c6d', 'c0ffee'],
  [
    'kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod3a4b_5c6d.slice',
    'cri-containerd-c0ffee.scope',
  ],
])('%s is found', (path, container) => {
  make('system.slice/containerd.service')
  make(join(path, container))
  make(path.replace('3a4b', 'ffff'))

  expect(new PodCgroups(mount).find([UID])).toBe(join(mount, path))
})

test('a pod that is not there yet is found once it is', () => {
  const cgroups = new PodCgroups(mount)
  expect(cgroups.find([UID])).toBeNull()
  make(`kubepods/pod${UID}`)
  expect(cgroups.find([UID])).toBe(join(mount, `kubepods/pod${UID}`))
  rmSync(join(mount, 'kubepods'), { recursive: true })
  expect(cgroups.find([UID])).toBeNull()
})

test('a pod of a file of the node goes by the hash of that file', () => {
  make('kubepods/podhash')
  const uids = cgroupUids({ uid: UID, annotations: { 'kubernetes.io/config.hash': 'hash' } })
  expect(new PodCgroups(mount).find(uids)).toBe(join(mount, 'kubepods/podhash'))
})
