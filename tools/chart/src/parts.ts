import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AccessRule } from '@weft/kubernetes'

/** What a table of @weft/config looks like from outside. */
export interface SettingLike {
  readonly doc: string
  readonly defaultText: string | null
  readonly defaultValue: unknown
  readonly expected: string
  readonly repeated?: boolean
}

/** One part of the mesh as the chart installs it. */
export interface ChartPart {
  /** Key among the values. */
  readonly key: string
  /** ServiceAccount, workload and roles. */
  readonly name: string
  readonly configFile: string
  readonly accessFile: string
  /** Settings that the chart gives itself, so that they are no values. */
  readonly given: readonly string[]
}

const everywhere = ['platform', 'stateDir', 'trustDomain', 'kubeconfig', 'namespace', 'metricsListen', 'logLevel']
const joining = ['caAddress', 'trustRootsFile', 'joinTokenFile']
const onMachines = ['mesh', 'serviceRange4', 'serviceRange6', 'reader']

export const chartParts: readonly ChartPart[] = [
  {
    key: 'ca',
    name: 'weft-ca',
    configFile: 'apps/ca/src/config.ts',
    accessFile: 'apps/ca/src/kubernetes/access.ts',
    given: [...everywhere, 'listen', 'joinTokensFile', 'keyEncryptionKeyFile', 'controlPlaneAddress', 'owner'],
  },
  {
    key: 'controlPlane',
    name: 'weft-control-plane',
    configFile: 'apps/control-plane/src/config.ts',
    accessFile: 'apps/control-plane/src/kubernetes/access.ts',
    given: [
      ...everywhere,
      ...joining,
      ...onMachines,
      ...['listen', 'restListen', 'managementSocket', 'managementListen', 'replica', 'node'],
    ],
  },
  {
    key: 'policy',
    name: 'weft-policy',
    configFile: 'apps/policy/src/config.ts',
    accessFile: 'apps/policy/src/kubernetes-access.ts',
    given: [...everywhere, ...joining, 'listen', 'controlPlaneAddress'],
  },
  {
    key: 'agent',
    name: 'weft-agent',
    configFile: 'apps/agent/src/config.ts',
    accessFile: 'apps/agent/src/kubernetes/access.ts',
    given: [
      ...everywhere,
      ...joining,
      ...onMachines,
      ...['node', 'address', 'capture', 'controlPlaneAddress', 'policyAddress', 'clusterDomain', 'podUid', 'daemonSet'],
      ...['cgroupRoot', 'bpfPinDir', 'networkRange', 'dnsUpstream', 'dnsNetns', 'cgroupDir'],
      ...['cniConfigDir', 'cniBinaryDir', 'cniSocket', 'cniNamespacesFile', 'readinessListen', 'adminListen'],
      ...['outboundPort', 'inboundPort', 'hbonePort', 'dnsPort', 'proxyPort'],
    ],
  },
]

/** The settings of a part that are values of the chart. Throws for one that must be given and is not. */
export async function valueSettings(root: string, part: ChartPart): Promise<Array<readonly [string, SettingLike]>> {
  const table = await exported<Readonly<Record<string, SettingLike>>>(root, part.configFile, /Settings$/)
  const strange = part.given.find((key) => !Object.hasOwn(table, key))
  if (strange !== undefined) throw new Error(`${part.configFile}: found no setting ${strange}, which the chart gives`)
  const settings = Object.entries(table).filter(([key]) => !part.given.includes(key))
  const unset = settings.find(([, { defaultText }]) => defaultText === null)
  if (unset !== undefined)
    throw new Error(`${part.configFile}: ${unset[0]} has no default, expected the chart to give it`)
  return settings
}

export async function accessRules(root: string, part: ChartPart): Promise<readonly AccessRule[]> {
  return exported<readonly AccessRule[]>(root, part.accessFile, /Access$/)
}

async function exported<T>(root: string, file: string, name: RegExp): Promise<T> {
  const module = (await import(pathToFileURL(join(root, file)).href)) as Readonly<Record<string, unknown>>
  const found = Object.entries(module).find(([key]) => name.test(key))
  if (found === undefined) throw new Error(`${file}: found no export that ends in ${name.source}, expected one`)
  return found[1] as T
}
