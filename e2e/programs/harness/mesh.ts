import { mkdirSync, rmSync } from 'node:fs'
import { layout } from './layout.ts'
import { runDirectory } from './place.ts'
import { runWeft } from './weft.ts'

/** Brings up the mesh that the layout asks for; one of other shape, left by the layout before, goes first. */
export async function ensureMesh(): Promise<void> {
  mkdirSync(runDirectory, { recursive: true, mode: 0o755 })
  if (layout.nodes === 0) return
  const up = () => runWeft('up', '--nodes', String(layout.nodes))
  await up().catch(async (error: Error) => {
    if (!error.message.includes('runs with other settings')) throw error
    await downMesh()
    await up()
  })
}

/** Takes the mesh away with all its files. Safe when there is none. */
export async function downMesh(): Promise<void> {
  await runWeft('down', '--purge')
}

/** Takes away what a run of the suite made, however it ended. */
export async function removeAll(): Promise<void> {
  mkdirSync(runDirectory, { recursive: true })
  await downMesh()
  rmSync(runDirectory, { recursive: true, force: true })
}
