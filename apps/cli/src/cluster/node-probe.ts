import { describeError } from '@weft/faults'
import { resourcePath, type KubernetesObject } from '@weft/kubernetes'
import type { Clock } from '@weft/time'
import type { CheckResult } from '../machine/checks.ts'
import type { PodObject } from './cluster.ts'
import type { ClusterCheck, ClusterReader } from './cluster-checks.ts'

/** How long a node may take to run the pod that looks at it. */
const PROBE_TIMEOUT_MS = 60_000
const POLL_MS = 500
const NODES_MAX = 20

/** What a pod says of its node. */
interface NodeReport {
  readonly hasBtf: boolean
  readonly hasCgroup2: boolean
  /** Names of network configurations; null when the folder can't be read. */
  readonly cniConfigs: readonly string[] | null
  /** Types of the plugins in them. */
  readonly cniPlugins: readonly string[]
  readonly isCniWritable: boolean
}

/** CNI plugins of other meshes, by their type. */
const OTHER_PLUGINS = ['istio-cni', 'linkerd-cni', 'consul-cni', 'kuma-cni', 'kmesh-cni']

type Report = { readonly node: string; readonly report: NodeReport | null; readonly why: string }

/** Runs in the pod, by Node, without anything of ours: prints a NodeReport. */
const SCRIPT = `
const { existsSync, readFileSync, readdirSync, accessSync, constants } = require('node:fs')
const writable = (path) => { try { accessSync(path, constants.W_OK); return true } catch { return false } }
let cniConfigs = null
try { cniConfigs = readdirSync('/node/cni').filter((name) => /[.](conf|conflist|json)$/.test(name)).sort() } catch {}
const pluginsOf = (name) => {
  try {
    const config = JSON.parse(readFileSync('/node/cni/' + name, 'utf8'))
    return (config.plugins ?? [config]).map(({ type }) => String(type))
  } catch {
    return []
  }
}
const cniPlugins = [...new Set((cniConfigs ?? []).flatMap(pluginsOf))]
const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\\n')
const hasCgroup2 = mounts.some((line) => line.split(' ')[2] === 'cgroup2' && line.split(' ')[1].startsWith('/node/cgroup'))
const isCniWritable = writable('/node/cni') && writable('/node/bin')
console.log(JSON.stringify({ hasBtf: existsSync('/sys/kernel/btf/vmlinux'), hasCgroup2, cniConfigs, cniPlugins, isCniWritable }))
`

/**
 * What only the node itself knows: types of its kernel, cgroups, the folder of CNI. One pod per node looks, with the
 * node's folders mounted, and is removed again; where none can run that is a warning, for nothing was found out.
 */
export function nodeChecks(client: ClusterReader, namespace: string, image: string, clock: Clock): ClusterCheck[] {
  let reports: Promise<Report[]> | null = null
  const ask = (): Promise<Report[]> => (reports ??= probeAll(client, namespace, image, clock))
  const check = (
    id: string,
    title: string,
    hint: string,
    troubleOf: (report: NodeReport) => string,
    severity: ClusterCheck['severity'] = 'failed',
  ): ClusterCheck => ({ id, severity, title, hint, run: async () => summary(await ask(), troubleOf) })
  return [
    check(
      'cluster-btf',
      'the kernel of every node describes its types (BTF)',
      'use a kernel built with CONFIG_DEBUG_INFO_BTF, as the distributions do',
      ({ hasBtf }) => (hasBtf ? '' : 'no /sys/kernel/btf/vmlinux'),
    ),
    check(
      'cluster-cgroup2',
      'cgroup v2 is mounted on every node',
      'boot with systemd.unified_cgroup_hierarchy=1, or mount cgroup2 at /sys/fs/cgroup/unified',
      ({ hasCgroup2 }) => (hasCgroup2 ? '' : 'no cgroup2 below /sys/fs/cgroup'),
    ),
    check(
      'cluster-cni',
      'every node has a network configuration that a plugin can be chained to',
      'agent.cni.configDir and agent.cni.binaryDir name the folders where they are others than /etc/cni/net.d and /opt/cni/bin',
      ({ cniConfigs, isCniWritable }) =>
        cniConfigs === null || cniConfigs.length === 0
          ? 'no configuration in /etc/cni/net.d'
          : isCniWritable
            ? ''
            : '/etc/cni/net.d or /opt/cni/bin cannot be written',
    ),
    check(
      'cluster-cni-plugins',
      'no CNI plugin of another mesh is chained on any node',
      'give no pod to both meshes: keep weft.dev/mesh off namespaces that the other one captures',
      ({ cniPlugins }) => cniPlugins.filter((type) => OTHER_PLUGINS.includes(type)).join(' and '),
      'warning',
    ),
  ]
}

function summary(reports: readonly Report[], troubleOf: (report: NodeReport) => string): CheckResult {
  const bad = reports.flatMap(({ node, report }) => {
    const trouble = report === null ? '' : troubleOf(report)
    return trouble === '' ? [] : [`${node}: ${trouble}`]
  })
  if (bad.length > 0) return { ok: false, found: bad.join(', ') }
  const unseen = reports.filter(({ report }) => report === null)
  if (unseen.length === 0) return { ok: reports.length > 0, found: `${reports.length} nodes` }
  const [first] = unseen
  return {
    ok: false,
    isUnknown: true,
    found: `could not look at ${unseen.map(({ node }) => node).join(', ')}: ${first!.why}`,
  }
}

async function probeAll(client: ClusterReader, namespace: string, image: string, clock: Clock): Promise<Report[]> {
  const { items } = await client.list<KubernetesObject>(resourcePath('v1', 'nodes'))
  const nodes = items.map(({ metadata }) => metadata.name).slice(0, NODES_MAX)
  const isThere = (await client.get(resourcePath('v1', 'namespaces', '', namespace))) !== null
  // Before the installation its namespace is not there; that of the system lets such pods run.
  const place = isThere ? namespace : 'kube-system'
  return Promise.all(nodes.map((node) => probe(client, place, node, image, clock)))
}

async function probe(
  client: ClusterReader,
  namespace: string,
  node: string,
  image: string,
  clock: Clock,
): Promise<Report> {
  const name = `weft-check-${node}-${Math.floor(clock.wallMs()).toString(36)}`.slice(0, 253)
  const pods = resourcePath('v1', 'pods', namespace)
  const path = resourcePath('v1', 'pods', namespace, name)
  try {
    await client.create(pods, podFor(name, namespace, node, image))
    const deadlineMs = clock.nowMs() + PROBE_TIMEOUT_MS
    for (;;) {
      const pod = await client.get<PodObject>(path)
      const phase = pod?.status?.phase ?? 'gone'
      if (phase === 'Succeeded') break
      if (phase === 'Failed' || phase === 'gone') return { node, report: null, why: `its pod ${phase.toLowerCase()}` }
      if (clock.nowMs() > deadlineMs) return { node, report: null, why: waitingFor(pod!) }
      await clock.sleepUntil(clock.nowMs() + POLL_MS)
    }
    const log = await client.stream(`${path}/log`, {}, new AbortController().signal)
    let text = ''
    for await (const chunk of log) text += String(chunk)
    return { node, report: JSON.parse(text) as NodeReport, why: '' }
  } catch (error) {
    return { node, report: null, why: describeError(error) }
  } finally {
    await client.remove(path).catch(() => false)
  }
}

interface Waiting {
  readonly containerStatuses?: readonly {
    readonly state?: { readonly waiting?: { reason?: string; message?: string } }
  }[]
}

function waitingFor({ status }: PodObject): string {
  const waiting = (status as Waiting | undefined)?.containerStatuses?.[0]?.state?.waiting
  const reason = [waiting?.reason, waiting?.message].filter(Boolean).join(': ')
  return `its pod did not run in ${PROBE_TIMEOUT_MS / 1000} s${reason === '' ? '' : ` (${reason})`}`
}

function podFor(name: string, namespace: string, node: string, image: string): KubernetesObject {
  const folders = { cni: '/etc/cni/net.d', bin: '/opt/cni/bin', cgroup: '/sys/fs/cgroup' }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/name': 'weft-check', 'weft.dev/mesh': 'disabled' } },
    spec: {
      nodeName: node,
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'check',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['/usr/bin/node', '-e', SCRIPT],
          // Only root may write there, and whether it could is the question.
          securityContext: { runAsUser: 0, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
          volumeMounts: Object.keys(folders).map((key) => ({
            name: key,
            mountPath: `/node/${key}`,
            ...(key === 'cgroup' ? { readOnly: true, mountPropagation: 'HostToContainer' } : {}),
          })),
        },
      ],
      volumes: Object.entries(folders).map(([key, path]) => ({ name: key, hostPath: { path } })),
    },
  } as KubernetesObject
}
