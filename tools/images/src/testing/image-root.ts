import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImageConfig } from '../archive.ts'

/** What a container runtime mounts into every container. */
const PREPARE = `set -e
for dir in proc dev tmp state; do mkdir -p "$root/$dir"; done
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$state" "$root/state"
exec chroot --userspec="$user" "$root" "$@"`

/** The file system of an image, unpacked, in which its program runs as in a container: alone with it, and read-only. */
export class ImageRoot {
  readonly #dir: string
  readonly #config: ImageConfig
  readonly #children: ChildProcess[] = []

  constructor(archive: Uint8Array, dir: string) {
    this.#dir = join(dir, 'root')
    mkdirSync(this.#dir, { recursive: true })
    writeFileSync(join(dir, 'image.tar'), archive)
    execFileSync('tar', ['-C', dir, '-xf', join(dir, 'image.tar')])
    const [image] = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as [
      { readonly Config: string; readonly Layers: readonly string[] },
    ]
    for (const layer of image.Layers) execFileSync('tar', ['-C', this.#dir, '-xzf', join(dir, layer)])
    this.#config = (JSON.parse(readFileSync(join(dir, image.Config), 'utf8')) as { config: ImageConfig }).config
  }

  /** Runs it with these arguments to its end, at most 20 s; what it printed. */
  run(...words: string[]): string {
    const [program, ...before] = this.#command('')
    return execFileSync(program!, [...before, ...words], { encoding: 'utf8', timeout: 20_000, env: this.#env('/tmp') })
  }

  /** Starts it in a network namespace, with `stateDir` at /state. Resolves when it says that it is ready. */
  async start(netns: string, stateDir: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const [program, ...before] = this.#command(netns)
    const words = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
    const child = spawn(program!, [...before, ...words], {
      env: this.#env(stateDir),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#children.push(child)
    let said = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    const ended = once(child, 'close').then(() => {
      throw new Error(`it ended: ${said}`)
    })
    ended.catch(() => {})
    await Promise.race([once(child, 'message'), ended])
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGTERM')
      await once(child, 'close')
    }
  }

  #command(netns: string): string[] {
    const net = netns === '' ? [] : ['nsenter', `--net=/run/netns/${netns}`]
    return [
      ...net,
      ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c', PREPARE, 'sh'],
      ...this.#config.Entrypoint,
    ]
  }

  #env(stateDir: string): NodeJS.ProcessEnv {
    const image = Object.fromEntries(this.#config.Env.map((pair) => pair.split(/=(.*)/s).slice(0, 2)))
    return {
      ...image,
      PATH: `${image['PATH']}:/usr/local/sbin:/sbin:/bin`,
      root: this.#dir,
      user: this.#config.User,
      state: stateDir,
      NODE_CHANNEL_FD: undefined,
    }
  }
}
