import { existsSync, type FSWatcher, readdirSync, readFileSync, rmSync, statSync, watch } from 'node:fs'
import { extname, join } from 'node:path'
import { describeError, Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import { replaceByCopy, replaceFile } from './atomic-file.ts'
import {
  listOf,
  otherMeshesIn,
  PLUGIN_TYPE,
  type PluginEntry,
  pluginTypes,
  withoutPlugin,
  withPlugin,
} from './conflist.ts'

const SETTLE_MS = 50
const LOOK_EVERY_MS = 10_000
/** Made of a configuration of a single plugin; sorts before it. */
const OWN_LIST = '00-weft.conflist'

export interface CniChainOptions {
  /** Where configurations are, `/etc/cni/net.d` of the node. */
  readonly configDir: string
  /** Where plugins are, `/opt/cni/bin` of the node. */
  readonly binaryDir: string
  /** Our plugin, to be copied there. */
  readonly pluginPath: string
  readonly entry: PluginEntry
}

/**
 * Our plugin's place on the node: its program beside the others, its entry at the end of the configuration that is in
 * force, the first by name. Another plugin may rewrite that file or bring one that sorts before: the folder is watched, and
 * looked at every ten seconds besides. Other lists never keep an entry of ours.
 *
 * It stays when the agent ends, so that pods of the mesh wait for the next one; `remove` takes everything out again and
 * leaves the files as they would be without us.
 */
export class CniChain {
  readonly #options: CniChainOptions
  readonly #clock: Clock
  readonly #log: Logger
  #watcher: FSWatcher | null = null
  #timer: Timer | null = null
  /** Why pods can start without asking the agent, '' when they can't. */
  trouble = 'the CNI plugin is not installed yet'
  /** Plugins of other meshes in the chain, '' for none. */
  others = ''

  constructor(options: CniChainOptions, clock: Clock, log: Logger) {
    this.#options = options
    this.#clock = clock
    this.#log = log
  }

  start(): void {
    try {
      this.#watcher = watch(this.#options.configDir, () => this.#lookIn(SETTLE_MS))
      this.#watcher.on('error', () => {}) // looked at every ten seconds anyway
    } catch {
      this.#watcher = null
    }
    this.install()
  }

  stop(): void {
    this.#watcher?.close()
    this.#watcher = null
    this.#timer?.cancel()
  }

  /** Puts everything in place once more; what hinders it is `trouble`. */
  install(): void {
    const before = this.trouble
    try {
      this.#copyProgram()
      const changed = this.#chain()
      this.trouble = ''
      if (changed !== '') this.#log.info('the CNI plugin is chained', { file: changed })
    } catch (error) {
      this.trouble = this.#explain(error)
    }
    if (this.trouble !== '' && this.trouble !== before) this.#log.error('CNI', { trouble: this.trouble })
    this.#lookIn(LOOK_EVERY_MS)
  }

  /** Takes our entry out of every file, then the program away. Faults: the first one, after all was tried. */
  remove(): void {
    this.stop()
    const { configDir, binaryDir } = this.#options
    const faults: unknown[] = []
    const trying = (work: () => void): void => {
      try {
        work()
      } catch (error) {
        faults.push(error)
      }
    }
    for (const name of existsSync(configDir) ? this.#configurations() : []) trying(() => this.#unchain(name))
    trying(() => rmSync(join(binaryDir, PLUGIN_TYPE), { force: true }))
    if (faults.length > 0) throw new Failure('cni', this.#explain(faults[0]), faults[0])
  }

  #lookIn(delayMs: number): void {
    this.#timer?.cancel()
    this.#timer = this.#clock.after(delayMs, () => this.install())
  }

  #copyProgram(): void {
    const { binaryDir, pluginPath } = this.#options
    const target = join(binaryDir, PLUGIN_TYPE)
    if (existsSync(target) && readFileSync(target).equals(readFileSync(pluginPath))) return
    replaceByCopy(target, pluginPath, 0o755)
  }

  /** Returns the file that was changed, '' when nothing had to be. */
  #chain(): string {
    const names = this.#configurations()
    const first = names.find((name) => name !== OWN_LIST)
    if (first === undefined) {
      throw new Failure(
        'cni',
        `found no network configuration in ${this.#options.configDir}, expected that of a CNI plugin`,
      )
    }
    for (const name of names) if (name !== first && name !== OWN_LIST) this.#unchain(name)
    const text = this.#read(first)
    const isList = extname(first) === '.conflist'
    const target = isList ? first : OWN_LIST
    if (isList) this.#unchain(OWN_LIST)
    const wanted = isList ? withPlugin(text, this.#options.entry) : listOf(text, this.#options.entry)
    this.#warnOfOthers(wanted)
    if (this.#read(target) === wanted) return ''
    replaceFile(this.#path(target), wanted, statSync(this.#path(first)).mode & 0o777)
    return target
  }

  #unchain(name: string): void {
    if (name === OWN_LIST) return rmSync(this.#path(name), { force: true })
    const text = this.#read(name)
    if (extname(name) !== '.conflist' || !text.includes(PLUGIN_TYPE)) return
    const plain = withoutPlugin(text)
    if (plain !== text) replaceFile(this.#path(name), plain, statSync(this.#path(name)).mode & 0o777)
  }

  #warnOfOthers(list: string): void {
    const others = otherMeshesIn(pluginTypes(list)).join(', ')
    if (others !== '' && others !== this.others)
      this.#log.warn('the plugin of another mesh is in the chain; a pod must be in one mesh only', { plugins: others })
    this.others = others
  }

  /** In the order in which runtimes choose: the first is in force. Source: libcni, ConfFiles. */
  #configurations(): string[] {
    const kinds = ['.conf', '.conflist', '.json']
    return readdirSync(this.#options.configDir)
      .filter((name) => kinds.includes(extname(name)))
      .toSorted((a, b) => (a < b ? -1 : 1))
  }

  #read(name: string): string {
    const path = this.#path(name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  #path(name: string): string {
    return join(this.#options.configDir, name)
  }

  #explain(error: unknown): string {
    const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
      return `cannot install the CNI plugin: "${dest ?? path}" cannot be written (${code}), expected a folder of the node that can`
    return `cannot install the CNI plugin: ${describeError(error)}`
  }
}
