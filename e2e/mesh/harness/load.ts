import type { Command } from './command.ts'
import { sample, type PrivateMesh } from './private-mesh.ts'

export interface LoadResult {
  readonly calls: number
  readonly failures: readonly { readonly atMs: number; readonly what: string }[]
  readonly instances: Readonly<Record<string, number>>
}

/** A caller in the mesh that calls all the time, and counts what failed. */
export class SteadyLoad {
  readonly #run: Command

  private constructor(run: Command) {
    this.#run = run
  }

  /** Resolves after the first good reply. */
  static async start(
    mesh: PrivateMesh,
    env: { readonly URL: string; readonly RATE?: string; readonly KEEP_ALIVE?: 'yes' | 'no' },
    flags: readonly string[] = ['--service', 'web'],
  ): Promise<SteadyLoad> {
    const settings = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`])
    const run = mesh.run([...flags, ...settings], [process.execPath, sample('steady-client.ts')])
    await run.until(/steady\n/)
    return new SteadyLoad(run)
  }

  /** Ends it, when all calls under way have their answer. */
  async stop(): Promise<LoadResult> {
    this.#run.child.stdin!.end()
    await this.#run.until(/^\{.*\}$/m)
    await this.#run.ended
    return JSON.parse(/^\{.*\}$/m.exec(this.#run.out)![0]) as LoadResult
  }
}
