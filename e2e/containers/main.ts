import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { installDebianPackages } from '../programs/obtain/debian-packages.ts'

/**
 * `npm run e2e:containers`: the services of the mesh as containers, from the images of this tree, under a Docker of its own:
 * in a folder and a network namespace that end with it. For root on Debian. Closes with `N passed, N failed, N skipped`.
 */
const root = resolve(import.meta.dirname, '../..')
const images = ['ca', 'control-plane', 'policy', 'agent']
const NETNS = 'weft-containers'
const START_MAX_MS = 30_000
const say = (line: string): void => void process.stderr.write(`e2e:containers: ${line}\n`)

async function main(): Promise<number> {
  const complaint = installDebianPackages(say, { 'docker.io': 'dockerd', binutils: 'strip' })
  if (complaint !== '') throw new Error(`cannot get Docker: ${complaint}`)
  const dir = mkdtempSync(join(tmpdir(), 'weft-docker-'))
  makeNetns()
  const docker = await startDocker(dir)
  try {
    say('making and loading the images')
    const tool = join(root, 'tools/images/src/main.ts')
    execFileSync(process.execPath, [tool, '--out', dir, '--tag', 'e2e', ...images], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    for (const name of images) execFileSync('docker', ['-H', hostOf(dir), 'load', '-qi', join(dir, `${name}.tar`)])
    return await runVitest(dir)
  } finally {
    docker.kill('SIGTERM')
    if (docker.exitCode === null) await once(docker, 'exit')
    execFileSync('ip', ['netns', 'delete', NETNS])
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The address ranges and rules of Docker stay in there. One that a killed run left is made anew. */
function makeNetns(): void {
  if (existsSync(`/run/netns/${NETNS}`)) execFileSync('ip', ['netns', 'delete', NETNS])
  execFileSync('ip', ['netns', 'add', NETNS])
  execFileSync('ip', ['-n', NETNS, 'link', 'set', 'lo', 'up'])
}

async function startDocker(dir: string): Promise<ChildProcess> {
  mkdirSync(join(dir, 'data'))
  const log = openSync(join(dir, 'docker.log'), 'w')
  const places = [`--data-root=${dir}/data`, `--exec-root=${dir}/exec`, `--pidfile=${dir}/pid`, `-H=${hostOf(dir)}`]
  const network = ['--iptables=false', '--ip6tables=false', '--bip=198.18.240.1/24']
  const words = [`--net=/run/netns/${NETNS}`, 'dockerd', ...places, ...network]
  const docker = spawn('nsenter', words, { stdio: ['ignore', log, log] })
  closeSync(log)
  const untilMs = performance.now() + START_MAX_MS
  while (!existsSync(join(dir, 'docker.sock'))) {
    if (docker.exitCode !== null || performance.now() > untilMs)
      throw new Error(`Docker does not start: see ${dir}/docker.log`)
    await new Promise((done) => setTimeout(done, 100))
  }
  return docker
}

function hostOf(dir: string): string {
  return `unix://${dir}/docker.sock`
}

async function runVitest(dir: string): Promise<number> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const config = join(import.meta.dirname, 'vitest.config.ts')
  const words = [`--net=/run/netns/${NETNS}`, process.execPath, vitest, 'run', '--config', config]
  // What cleans up after a killed run is an image of somebody else's registry; here all of Docker ends with the run.
  const env = { ...process.env, DOCKER_HOST: hostOf(dir), TESTCONTAINERS_RYUK_DISABLED: 'true' }
  const child = spawn('nsenter', words, { cwd: import.meta.dirname, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})
