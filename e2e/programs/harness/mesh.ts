import { mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { layout } from './layout.ts'
import { makeNetwork, removeNetwork } from './network.ts'
import { runDirectory } from './place.ts'
import { runWeft } from './weft.ts'

/** Brings up the mesh that the layout asks for; one of other shape, left by the layout before, goes first. */
export async function ensureMesh(): Promise<void> {
  if (layout.nodes === 0) return
  const up = () => runWeft('up', '--nodes', String(layout.nodes))
  await oneAtATime(() =>
    up().catch(async (error: Error) => {
      if (!error.message.includes('runs with other settings')) throw error
      await downMesh()
      await up()
    }),
  )
}

/** Makes what all of a run stands on. What a run left that was killed goes first. */
export async function prepareMachine(): Promise<void> {
  await removeAll()
  makeNetwork()
  mkdirSync(runDirectory, { mode: 0o755 })
}

/** Takes away what a run of the suite made, however it ended. */
export async function removeAll(): Promise<void> {
  makeNetwork()
  mkdirSync(runDirectory, { recursive: true })
  await downMesh()
  removeNetwork()
  rmSync(runDirectory, { recursive: true, force: true })
}

/** Takes the mesh away with all its files. Safe when there is none. */
async function downMesh(): Promise<void> {
  await runWeft('down', '--purge')
}

/** Test files run beside each other, in processes of their own: the second waits for the mesh of the first. */
async function oneAtATime(work: () => Promise<unknown>): Promise<void> {
  const lock = join(runDirectory, 'lock')
  while (!isMade(lock)) await sleep(100)
  try {
    await work()
  } finally {
    rmdirSync(lock)
  }
}

function isMade(directory: string): boolean {
  try {
    mkdirSync(directory)
    return true
  } catch {
    return false
  }
}
