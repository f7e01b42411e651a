import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from './harness/command.ts'
import { childrenOf } from './harness/kernel-state.ts'
import { SteadyLoad, type LoadResult } from './harness/load.ts'
import { PrivateMesh, sample } from './harness/private-mesh.ts'

needs(
  'root',
  'bpf',
  'netns',
)('instances of a service come and go under load', () => {
  let mesh: PrivateMesh
  const instances: Command[] = []
  const startInstance = (name: string): Command => {
    const flags = ['--service', 'cart', '--port', '8080', '--own-network', '--env', `INSTANCE=${name}`]
    return mesh.run(flags, [process.execPath, sample('cart.ts')])
  }
  beforeAll(async () => {
    mesh = await PrivateMesh.up()
    for (const name of ['a', 'b', 'c']) instances.push(startInstance(name))
    await mesh.untilReady(3)
  })
  afterAll(() => mesh?.end())

  /** Load on kept connections and on new ones while `work` goes on. */
  const underLoad = async (work: () => Promise<void>): Promise<LoadResult> => {
    const kept = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items', RATE: '60' })
    const fresh = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items', RATE: '20', KEEP_ALIVE: 'no' })
    await work()
    const [one, two] = [await kept.stop(), await fresh.stop()]
    return { ...one, calls: one.calls + two.calls, failures: [...one.failures, ...two.failures] }
  }

  test('kill -9 of an instance fails no GET', async () => {
    const { calls, failures } = await underLoad(async () => {
      await sleep(500)
      const run = instances.shift()!.child.pid!
      process.kill(programOf(run), 'SIGKILL')
      await sleep(2_000)
    })

    process.stdout.write(`instance killed: ${failures.length} of ${calls} GETs failed\n`)
    expect(failures).toEqual([])
  })

  test('a rolling restart of all instances, one after the other, fails no GET', async () => {
    instances.push(startInstance('d'))
    await mesh.untilReady(3)
    const {
      calls,
      failures,
      instances: answered,
    } = await underLoad(async () => {
      for (const [i, old] of instances.entries()) {
        const successor = startInstance(`new-${i}`)
        await mesh.untilReady(6)
        await old.end('SIGTERM')
        instances[i] = successor
      }
      await sleep(500)
    })

    process.stdout.write(`rolling restart: ${failures.length} of ${calls} GETs failed\n`)
    expect(failures).toEqual([])
    // Which of them is the balancer's choice: one that is new counts as slow until it was asked.
    expect(Object.keys(answered).filter((instance) => instance.startsWith('new-'))).not.toEqual([])
  })
})

/** The program below a `weft run`. */
function programOf(run: number): number {
  const [program] = childrenOf(run).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('cart.ts'))
  return program!
}
