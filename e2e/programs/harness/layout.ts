/** Where server and client of a test run. */
export interface Layout {
  readonly name: LayoutName
  /** 0: no mesh at all, the control that tells a broken program from a broken mesh. */
  readonly nodes: 0 | 1 | 2
  readonly serverNode: string
  readonly clientNode: string
  readonly ownNetwork: boolean
  /** Not every program says something new in every layout. These run two at a time. */
  readonly together: readonly string[]
  /** What measures memory runs by itself, and first. */
  readonly alone: readonly string[]
}

export type LayoutName = (typeof names)[number]

const names = ['direct', 'one-node', 'two-nodes', 'two-nodes-shared'] as const
const alone = ['download', 'connections']
const short = ['curl', 'nginx', 'redis', 'postgresql', 'mariadb']
const everything = { alone, together: [...short, 'grpc', 'python', 'ssh', 'websocket'] }

const layouts: readonly Layout[] = [
  { name: 'direct', nodes: 0, serverNode: '', clientNode: '', ownNetwork: false, ...everything },
  { name: 'one-node', nodes: 1, serverNode: 'node1', clientNode: 'node1', ownNetwork: false, ...everything },
  { name: 'two-nodes', nodes: 2, serverNode: 'node1', clientNode: 'node2', ownNetwork: true, ...everything },
  {
    name: 'two-nodes-shared',
    nodes: 2,
    serverNode: 'node2',
    clientNode: 'node1',
    ownNetwork: false,
    alone: [],
    together: short,
  },
]

export const meshLayouts: readonly LayoutName[] = names.filter((name) => name !== 'direct')

/** Faults: throws on a name that is none. */
export function layoutNamed(name: string): Layout {
  const layout = layouts.find((each) => each.name === name)
  if (layout === undefined)
    throw new Error(`layout: found ${JSON.stringify(name)}, expected one of ${names.join(', ')}`)
  return layout
}

/** The layout of this test process: its vitest project says. */
export const layout = layoutNamed(process.env['WEFT_PROGRAMS_LAYOUT'] ?? 'direct')
