import { apply, field, kubectl, rolledOut } from './cluster.ts'
import { enrolled } from './mesh.ts'
import { deployment, manifest, namespace, SAMPLES, service, serviceAccount, type DeploymentSpec } from './objects.ts'

export const SHOP = 'shop'
const RATE = 20

/** One call of one of the shop's clients, as it wrote it. */
export interface Outcome {
  readonly at: Date
  readonly target: string
  readonly status: number
  readonly ms: number
  readonly version?: string
  readonly instance?: string
  readonly reason?: string
  readonly error?: string
}

const sample = (program: string, more: Omit<DeploymentSpec, 'image'> = {}): DeploymentSpec => ({
  image: SAMPLES,
  args: [program],
  ...more,
})

/**
 * The sample shop: on node 1 the front `web`, which calls cart and catalog 20 times a second each, and a client of the
 * price service; carts, catalogs and prices on both nodes. Resolves when all of it is in the mesh and served. By address it
 * needs no DNS, whose own way to its server is kube-proxy's and not the mesh's.
 */
export async function openShop(callsBy: 'name' | 'address' = 'name', timeoutS = 5): Promise<void> {
  const server = { replicas: 2, node: 'spread', port: 8080 }
  await apply(
    manifest(
      namespace(SHOP),
      ...['cart', 'catalog', 'prices', 'web'].map((name) => serviceAccount(SHOP, name)),
      deployment(SHOP, 'cart', sample('cart.js', { ...server, readyPath: '/items', serviceAccount: 'cart' })),
      deployment(SHOP, 'catalog', sample('catalog.js', { ...server, readyPath: '/', serviceAccount: 'catalog' })),
      deployment(SHOP, 'prices', sample('prices.js', { ...server, port: 9090, serviceAccount: 'prices' })),
      service(SHOP, 'cart', 8080),
      service(SHOP, 'catalog', 8080),
      service(SHOP, 'prices', 9090),
      deployment(SHOP, 'prices-client', sample('prices-client.js', { node: 'node1', serviceAccount: 'web' })),
    ),
  )
  const front = { RATE: String(RATE), TIMEOUT_S: String(timeoutS), ...(callsBy === 'name' ? {} : await addresses()) }
  await apply(manifest(deployment(SHOP, 'web', sample('web.js', { node: 'node1', serviceAccount: 'web', env: front }))))
  for (const name of ['cart', 'catalog', 'prices', 'web', 'prices-client']) await rolledOut(SHOP, `deploy/${name}`)
  await enrolled(SHOP)
}

async function addresses(): Promise<Record<string, string>> {
  const [cart, catalog] = await Promise.all(
    ['cart', 'catalog'].map((name) => field(SHOP, `service/${name}`, '.spec.clusterIP')),
  )
  return { CART_URL: `http://${cart}:8080`, CATALOG_URL: `http://${catalog}:8080` }
}

export async function closeShop(): Promise<void> {
  await kubectl('delete', 'namespace', SHOP, '--wait=false')
}

/** What a client of the shop, or one that writes as these do, experienced since then. */
export async function outcomesSince(client: string, since: Date, namespace = SHOP): Promise<Outcome[]> {
  const words = ['logs', `deploy/${client}`, '--timestamps', `--since-time=${since.toISOString()}`]
  const text = await kubectl('-n', namespace, ...words)
  return text
    .split('\n')
    .flatMap((line) => {
      const match = /^(\S+) (\{.*\})$/.exec(line)
      return match === null ? [] : [{ at: new Date(match[1]!), ...(JSON.parse(match[2]!) as Omit<Outcome, 'at'>) }]
    })
    .filter(({ at }) => at >= since)
}

/** Calls that failed, told in a line each. Only what may be repeated without harm counts: everything but DELETE. */
export function failuresOf(outcomes: readonly Outcome[]): string[] {
  return outcomes
    .filter(({ target, status }) => target !== 'cart-delete' && (status < 200 || status > 399))
    .map(({ at, target, status, reason, error }) => `${at.toISOString()} ${target} ${status} ${reason ?? error ?? ''}`)
}

/** Runs `work` and tells what the front of the shop experienced until some seconds after it. */
export async function during(work: () => Promise<unknown>, afterMs = 2_000): Promise<Outcome[]> {
  const since = new Date()
  await work()
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  return outcomesSince('web', since)
}
