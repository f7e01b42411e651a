import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers'

/** Tag of the images that the runner made and loaded. */
const TAG = 'e2e'

export interface PartOptions {
  readonly part: string
  /** On the machine; in the container it is /state, and all that can be written besides /tmp. */
  readonly stateDir: string
  readonly settings: Readonly<Record<string, string>>
  /** A line of its log that says it works. */
  readonly ready: RegExp
  /** The container whose network it shares; none has one of its own. */
  readonly beside?: StartedTestContainer
}

/** A service of the mesh from its image, as careful people run one: nothing to write to, no capability. */
class PartContainer extends GenericContainer {
  constructor(part: string) {
    super(`weft/${part}:${TAG}`)
    // The agent too: without capture by eBPF it needs no root.
    this.withUser('65532:65532')
    this.hostConfig.ReadonlyRootfs = true
    this.hostConfig.CapDrop = ['ALL']
    this.hostConfig.SecurityOpt = ['no-new-privileges']
  }
}

/** Resolves when its log says that it works. */
export async function startPart(options: PartOptions): Promise<StartedTestContainer> {
  const { part, stateDir, settings, ready, beside } = options
  const container = new PartContainer(part)
    .withCommand(Object.entries(settings).map(([name, value]) => `--${name}=${value}`))
    .withBindMounts([{ source: stateDir, target: '/state', mode: 'rw' }])
    .withTmpFs({ '/tmp': 'rw,mode=1777' })
    .withWaitStrategy(Wait.forLogMessage(ready))
    .withStartupTimeout(60_000)
  if (beside !== undefined) container.withNetworkMode(`container:${beside.getId()}`)
  return container.start()
}

/** What an HTTP page says, asked from inside a container by its own Node: status, then body. */
export async function fetchIn(container: StartedTestContainer, url: string): Promise<string> {
  const program = 'fetch(process.argv[1]).then(async (r) => console.log(r.status, await r.text()))'
  const { output } = await container.exec(['/usr/bin/node', '-e', program, url])
  return output
}
