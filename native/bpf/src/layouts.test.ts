import { needs } from '@weft/tools/testing'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  compilePrograms,
  counterNames,
  DIRECT_ALLOW,
  DIRECT_ENDPOINTS_MAX,
  DIRECT_REFUSE,
  findProgram,
  layouts,
  listenerKinds,
  mapNames,
  maximums,
  PORT_CONTESTED,
  PORT_DECLARED,
  PORT_KEPT,
  programs,
  programSourceDir,
  programSources,
  UID_BYTES,
  WORKLOAD_SHARED_NETWORK,
} from './index.ts'

needs('program:clang', 'program:bpftool')('compiled programs', () => {
  let btf: string

  beforeAll(async () => {
    const { objectPath } = await compilePrograms()
    btf = execFileSync(findProgram('bpftool')!, ['btf', 'dump', 'file', objectPath, 'format', 'raw'], {
      encoding: 'utf8',
    })
  }, 60_000)

  test.each(Object.entries(layouts))('%s has %i octets in the BTF of the object', (name, bytes) => {
    expect(btf).toContain(`STRUCT '${name}' size=${bytes} `)
  })

  test('every program and map of the tables is in the object', () => {
    for (const { name } of programs) expect(btf).toContain(`FUNC '${name}'`)
    for (const name of mapNames) expect(btf).toContain(`VAR '${name}'`)
  })

  test('compilePrograms() finds what it compiled before', async () => {
    expect(await compilePrograms()).toEqual(await compilePrograms())
  })

  test('compilePrograms() into something that is no directory says so', async () => {
    await expect(compilePrograms('/dev/null')).rejects.toThrow('expected a directory to keep them in')
  })
})

describe('sources', () => {
  const text = (name: string): string => readFileSync(join(programSourceDir(), name), 'utf8')
  const defined = (header: string, name: string): number =>
    Number(new RegExp(`#define ${name} (\\d+)`).exec(text(header))?.[1])

  test('constants are the same in C and here', () => {
    expect(defined('mesh_types.h', 'UID_BYTES')).toBe(UID_BYTES)
    expect(defined('mesh_types.h', 'WORKLOAD_SHARED_NETWORK')).toBe(WORKLOAD_SHARED_NETWORK)
    expect(defined('mesh_types.h', 'PORT_DECLARED')).toBe(PORT_DECLARED)
    expect(defined('mesh_types.h', 'PORT_KEPT')).toBe(PORT_KEPT)
    expect(defined('mesh_types.h', 'PORT_CONTESTED')).toBe(PORT_CONTESTED)
    expect(defined('mesh_maps.h', 'WORKLOADS_MAX')).toBe(maximums.workloads)
    expect(defined('mesh_maps.h', 'DESTINATIONS_MAX')).toBe(maximums.destinations)
    expect(defined('mesh_maps.h', 'NODE_ADDRESSES_MAX')).toBe(maximums.nodeAddresses)
    expect(defined('mesh_maps.h', 'PORTS_MAX')).toBe(maximums.ports)
    expect(defined('mesh_maps.h', 'DIRECT_SERVICES_MAX')).toBe(maximums.directServices)
    expect(defined('mesh_maps.h', 'DIRECT_GRANTS_MAX')).toBe(maximums.directGrants)
    expect(defined('mesh_maps.h', 'DIRECT_FLOWS_MAX')).toBe(maximums.directFlows)
    expect(defined('mesh_types.h', 'DIRECT_ENDPOINTS_MAX')).toBe(DIRECT_ENDPOINTS_MAX)
    expect(text('mesh_types.h')).toContain(`DIRECT_ALLOW = ${DIRECT_ALLOW},`)
    expect(text('mesh_types.h')).toContain(`DIRECT_REFUSE = ${DIRECT_REFUSE},`)
  })

  test('every counter has the slot that its name has here', () => {
    const names = [...text('mesh_types.h').matchAll(/^\tCOUNT_(\w+),/gm)].map(([, name]) => camelCase(name!))

    expect(names).toEqual(counterNames)
  })

  test('every kind of listener has the number that it has here', () => {
    for (const [kind, number] of Object.entries(listenerKinds))
      expect(text('mesh_types.h')).toContain(`LISTENER_${kind.toUpperCase()} = ${number},`)
  })

  test('names of programs and maps fit into the 15 characters that the kernel keeps', () => {
    expect(mapNames.filter((name) => name.length > 15)).toEqual([])
  })

  test('every map is described in the table of mesh_maps.h', () => {
    for (const name of mapNames) expect(text('mesh_maps.h')).toMatch(new RegExp(`^ \\* ${name} +\\S`, 'm'))
  })

  test.each(programSources().filter((name) => name.endsWith('.bpf.c')))('%s says what its hook promises', (name) => {
    const head = text(name).split('*/')[0]!

    expect(head).toContain('SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause')
    for (const word of ['Hook', 'Reads', 'Returns', 'Limits', 'Kernel', 'Test']) expect(head).toContain(word)
    for (const [, path] of head.matchAll(/Test\s+(\S+\.ts)/g))
      expect(() => readFileSync(join(programSourceDir(), '..', '..', path!)), `${path} is there`).not.toThrow()
  })
})

function camelCase(name: string): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
