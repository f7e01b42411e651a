import { apply, kubectl, rolledOut } from './cluster.ts'
import { enrolled } from './mesh.ts'
import { deployment, manifest, namespace, SAMPLES, service } from './objects.ts'
import { failuresOf, outcomesSince } from './shop.ts'

const CALLS_MIN = 10

/** Programs that have nothing to do with what a test breaks: a client on node 1, and whom it calls all the time on both. */
export class Witness {
  readonly #namespace: string

  private constructor(name: string) {
    this.#namespace = name
  }

  static async call(name: string): Promise<Witness> {
    const env = { RATE: '10', CART_URL: 'http://served:8080', CATALOG_URL: 'http://served:8080' }
    const server = { image: SAMPLES, args: ['catalog.js'], replicas: 2, node: 'spread', port: 8080, readyPath: '/' }
    await apply(
      manifest(
        namespace(name),
        deployment(name, 'served', server),
        service(name, 'served', 8080),
        deployment(name, 'web', { image: SAMPLES, args: ['web.js'], env, node: 'node1' }),
      ),
    )
    for (const one of ['served', 'web']) await rolledOut(name, `deploy/${one}`)
    await enrolled(name)
    return new Witness(name)
  }

  /** Runs `work`, and rejects when a call failed meanwhile. */
  async undisturbed<T>(work: () => Promise<T>): Promise<T> {
    const since = new Date()
    const result = await work()
    const outcomes = await outcomesSince('web', since, this.#namespace)
    const failures = failuresOf(outcomes)
    if (failures.length > 0) throw new Error(`others were disturbed: ${failures.slice(0, 5).join('; ')}`)
    if (outcomes.length < CALLS_MIN) throw new Error(`only ${outcomes.length} calls, expected ${CALLS_MIN}`)
    return result
  }

  async leave(): Promise<void> {
    await kubectl('delete', 'namespace', this.#namespace, '--wait=false')
  }
}
