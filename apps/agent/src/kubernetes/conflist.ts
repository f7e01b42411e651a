import { Failure } from '@weft/faults'

export const PLUGIN_TYPE = 'weft-cni'
/** Plugins of other meshes. */
const otherMeshes = ['istio-cni', 'linkerd-cni', 'kuma-cni', 'consul-cni', 'kmesh-cni', 'osm-cni']

/** Ours, as it stands in the chain. */
export interface PluginEntry {
  readonly socket: string
  readonly namespaces: string
}

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The text of a CNI configuration list with our plugin at its end; every octet of the rest stays as it is, so that
 * {@link withoutPlugin} gives back what was there. An entry of ours that differs is replaced.
 * Faults: Failure `cni_config` when it is no list of plugins.
 */
export function withPlugin(text: string, entry: PluginEntry): string {
  const plain = withoutPlugin(text)
  const spans = pluginSpans(plain)
  const last = spans.at(-1)
  if (last === undefined) throw new Failure('cni_config', 'expected at least one plugin in "plugins"')
  const ours = `,\n    ${JSON.stringify({ type: PLUGIN_TYPE, ...entry })}`
  return plain.slice(0, last.to) + ours + plain.slice(last.to)
}

/** The text without our plugin; as it is when that is not in it. Faults: Failure `cni_config`. */
export function withoutPlugin(text: string): string {
  const spans = pluginSpans(text)
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i]!
    if (typeOf(text.slice(span.from, span.to)) !== PLUGIN_TYPE) continue
    const before = spans[i - 1]
    const after = spans[i + 1]
    // With it goes the comma, on the side where there is one.
    const from = before !== undefined ? before.to : span.from
    const to = before === undefined && after !== undefined ? after.from : span.to
    return withoutPlugin(text.slice(0, from) + text.slice(to))
  }
  return text
}

/** Types of the plugins in order. Faults: Failure `cni_config`. */
export function pluginTypes(text: string): string[] {
  return pluginSpans(text).map(({ from, to }) => typeOf(text.slice(from, to)))
}

export function otherMeshesIn(types: readonly string[]): string[] {
  return types.filter((type) => otherMeshes.includes(type))
}

/** A configuration of one plugin as a list of it and ours. Faults: Failure `cni_config`. */
export function listOf(text: string, entry: PluginEntry): string {
  const single = parse(text)
  if (typeof single['type'] !== 'string') throw new Failure('cni_config', 'expected a plugin with a "type"')
  const { cniVersion = '0.3.1', name = 'weft' } = single
  return withPlugin(`${JSON.stringify({ cniVersion, name, plugins: [single] }, null, 2)}\n`, entry)
}

function typeOf(text: string): string {
  const { type } = parse(text)
  return typeof type === 'string' ? type : ''
}

function parse(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure('cni_config', 'expected an object of JSON')
  return value as Record<string, unknown>
}

/** Where each plugin of the list stands in the text. */
function pluginSpans(text: string): Span[] {
  if (!Array.isArray(parse(text)['plugins'])) throw new Failure('cni_config', 'expected a list "plugins"')
  return elementsOf(text, startOfPlugins(text))
}

/** Offset behind the bracket of the list `plugins` of the outermost object; the text is JSON, and has it. */
function startOfPlugins(text: string): number {
  let depth = 0
  let found = 0
  for (let at = 0; at < text.length; at++) {
    const c = text[at]
    if (c === '"') {
      const end = endOfString(text, at)
      const rest = /^\s*:\s*\[/.exec(text.slice(end))
      // The last one counts, as it does for JSON.parse.
      if (depth === 1 && rest !== null && JSON.parse(text.slice(at, end)) === 'plugins') found = end + rest[0].length
      at = end - 1
    } else if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') depth--
  }
  return found
}

function elementsOf(text: string, start: number): Span[] {
  const spans: Span[] = []
  let depth = 0
  let from = -1
  for (let at = start; ; at++) {
    const c = text[at]!
    if (c === '"') at = endOfString(text, at) - 1
    else if (c === '{' || c === '[') {
      if (depth++ === 0) from = at
    } else if (c === '}' || c === ']') {
      if (depth === 0) return spans
      if (--depth === 0) spans.push({ from, to: at + 1 })
    }
  }
}

/** Offset behind the string that begins at `at`. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; ; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '"') return end + 1
  }
}
