import type { MeshSupervisor } from './mesh-supervisor.ts'

export interface ProcessHooks {
  onReady(): void
  onFailure(error: unknown): void
  onBug(error: unknown): void
  /** The mesh also goes down when the parent of a started mesh is gone; while it starts it always does. */
  readonly endsWithParent: boolean
}

/**
 * Runs a mesh for the life of this process: until SIGTERM, SIGINT or SIGHUP, or the loss of the parent. A bug in the
 * supervisor itself ends the mesh in order too. Resolves with the exit code when nothing of the mesh is left.
 */
export async function superviseProcess(supervisor: MeshSupervisor, hooks: ProcessHooks): Promise<number> {
  const asked = Promise.withResolvers<number>()
  let isReady = false
  const end = (code: number): void => {
    asked.resolve(code)
    void supervisor.end()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0))
  if (process.connected) {
    process.once('disconnect', () => {
      if (!isReady || hooks.endsWithParent) end(0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      hooks.onBug(error)
      end(1)
    })
  }
  process.once('exit', () => supervisor.kill())
  try {
    await supervisor.start()
  } catch (error) {
    hooks.onFailure(error)
    return 1
  }
  isReady = true
  hooks.onReady()
  const code = await asked.promise
  await supervisor.end()
  return code
}
