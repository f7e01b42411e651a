import { interfaceNames } from '../mesh/plan.ts'
import { enableForwarding, ipBatch, ipTry } from './ip.ts'

/** The network of one workload that has its own. */
export interface PodNetwork {
  /** Namespace of the node; '' is the machine's. */
  readonly nodeNetns: string
  readonly netns: string
  /** Name of the node's end of the veth pair. */
  readonly link: string
  readonly address: string
}

/** Link-local, the same for every pod: it is the node's end of the pod's own veth. */
const GATEWAY = '169.254.77.1'

export function planPodNetwork(mesh: string, node: string, nodeNetns: string, id: string, address: string): PodNetwork {
  return { nodeNetns, netns: `weft-${mesh}-${node}-${id}`, link: interfaceNames(mesh).pod(id), address }
}

/**
 * Makes a network namespace with a loopback of both families, one address and a default route through the node.
 * Nothing translates addresses, so a pod reaches the mesh and its node, and further only where its address is routed.
 */
export async function makePodNetwork(pod: PodNetwork): Promise<void> {
  await ipBatch('', [`netns add ${pod.netns}`])
  await ipBatch(pod.nodeNetns, [
    `link add ${pod.link} type veth peer name eth0 netns ${pod.netns}`,
    `link set ${pod.link} addrgenmode none`,
    `addr add ${GATEWAY}/32 dev ${pod.link}`,
    `link set ${pod.link} up`,
    `route add ${pod.address}/32 dev ${pod.link}`,
  ])
  await enableForwarding(pod.nodeNetns, [pod.link])
  await ipBatch(pod.netns, [
    'link set lo up',
    'link set eth0 addrgenmode none',
    `addr add ${pod.address}/32 dev eth0`,
    'link set eth0 up',
    `route add ${GATEWAY} dev eth0 scope link`,
    `route add default via ${GATEWAY} dev eth0`,
  ])
}

/** Takes it away; quiet about what is gone already. */
export async function removePodNetwork(pod: PodNetwork): Promise<void> {
  await ipTry(pod.nodeNetns, [`link del ${pod.link}`])
  await ipTry('', [`netns del ${pod.netns}`])
}
