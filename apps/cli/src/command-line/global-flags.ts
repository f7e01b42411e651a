import { choice, text } from '@weft/config'
import { switchFlag, valueFlag, type FlagsOf } from './flag.ts'

/** Flags of every command. The first two mean a mesh of this machine, the next three one of a cluster. */
export const globalFlags = {
  mesh: valueFlag('NAME', meshName('Mesh to talk to; also WEFT_MESH.', '')),
  stateDir: valueFlag('DIR', text('Its state directory; also WEFT_STATE_DIR.', { default: '' })),
  kubeconfig: valueFlag('FILE', text('Talk to a cluster by this kubeconfig; also KUBECONFIG.', { default: '' })),
  context: valueFlag('NAME', text('Talk to a cluster by this context of the kubeconfig.', { default: '' })),
  weftNamespace: valueFlag(
    'NAME',
    text('Namespace of the mesh on a cluster; also WEFT_NAMESPACE, else weft-system.', { default: '' }),
  ),
  output: valueFlag(
    'FORMAT',
    choice('How results are printed: table, json or yaml.', ['table', 'json', 'yaml'], { default: 'table' }),
    'o',
  ),
  help: switchFlag('Show this help.', 'h'),
} as const

export type GlobalFlags = FlagsOf<typeof globalFlags>
export type OutputFormat = GlobalFlags['output']

/** Mesh names become part of names of cgroups, interfaces and namespaces: short, and without a dash that could end them early. */
function meshName(doc: string, defaultValue: string) {
  const setting = text(doc, { default: defaultValue })
  const expected = 'a name of 1 to 16 lower-case letters and digits that begins with a letter'
  return { ...setting, expected, parse: (value: string) => (isMeshName(value) ? value : undefined) }
}

export function isMeshName(value: string): boolean {
  return /^[a-z][a-z0-9]{0,15}$/.test(value)
}
