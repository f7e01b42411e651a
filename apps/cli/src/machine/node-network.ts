import { interfaceNames, isNetnsOf, type MeshPlan } from '../mesh/plan.ts'
import { enableForwarding, ipBatch, ipTry, listLinks, listLocalRoutes, listNetns } from './ip.ts'

/**
 * Makes the network of the nodes: for several nodes a bridge in the machine's namespace and a namespace per further node,
 * joined by veth; for every node the route that makes the addresses of its shared-network workloads local (AnyIP).
 * Forwarding is switched on per interface; no packet filter rule is made anywhere.
 */
export async function makeNodeNetwork(plan: MeshPlan): Promise<void> {
  const names = interfaceNames(plan.mesh)
  const [first, ...others] = plan.nodes
  await ipBatch('', [localRoute(first!.shared, names.routeMetric)])
  if (others.length === 0) return

  await ipBatch('', [
    ...others.map((node) => `netns add ${node.netns}`),
    `link add ${names.bridge} type bridge`,
    // With an address of its own choosing a bridge would change it whenever a port joins.
    `link set ${names.bridge} addrgenmode none`,
    `addr add ${first!.address}/24 dev ${names.bridge}`,
    `link set ${names.bridge} up`,
    ...others.flatMap((node, i) => {
      const uplink = names.uplink(i + 2)
      return [
        `link add ${uplink} type veth peer name eth0 netns ${node.netns}`,
        `link set ${uplink} addrgenmode none`,
        `link set ${uplink} master ${names.bridge} up`,
      ]
    }),
    ...others.flatMap((node) => routesTo(node.shared, node.own, node.address)),
  ])
  await enableForwarding('', [names.bridge])
  for (const node of others) {
    const rest = plan.nodes.filter((other) => other !== node)
    await ipBatch(node.netns, [
      'link set lo up',
      'link set eth0 addrgenmode none',
      `addr add ${node.address}/24 dev eth0`,
      'link set eth0 up',
      `route add default via ${first!.address}`,
      localRoute(node.shared, names.routeMetric),
      ...rest.flatMap((other) => routesTo(other.shared, other.own, other.address)),
    ])
    await enableForwarding(node.netns, ['eth0'])
  }
}

/** The ranges among those of the plan that another mesh on this machine has already. */
export async function takenRanges(plan: MeshPlan): Promise<string[]> {
  const { routeMetric } = interfaceNames(plan.mesh)
  const others = (await listLocalRoutes()).filter((route) => route.metric !== routeMetric).map((route) => route.dst)
  return plan.nodes.map((node) => node.shared).filter((range) => others.includes(range))
}

/** Takes away everything of this mesh's network that exists, whoever left it; quiet about what does not. */
export async function removeNodeNetwork(plan: MeshPlan): Promise<void> {
  const names = interfaceNames(plan.mesh)
  // Links first: a namespace is taken down by the kernel later, and its veth ends would outlive this function.
  const links = (await listLinks()).filter(names.isOurs)
  await ipTry(
    '',
    links.map((link) => `link del ${link}`),
  )
  const routes = (await listLocalRoutes()).filter((route) => route.metric === names.routeMetric)
  await ipTry(
    '',
    routes.map((route) => `route del local ${route.dst} dev lo metric ${route.metric}`),
  )
  const namespaces = (await listNetns()).filter((name) => isNetnsOf(plan.mesh, name))
  await ipTry(
    '',
    namespaces.map((name) => `netns del ${name}`),
  )
}

function localRoute(range: string, metric: number): string {
  return `route add local ${range} dev lo metric ${metric}`
}

function routesTo(shared: string, own: string, gateway: string): string[] {
  return [`route add ${shared} via ${gateway}`, `route add ${own} via ${gateway}`]
}
