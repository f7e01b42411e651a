/**
 * npm run demo: two nodes, real services, captured, encrypted, balanced, measured; then things go wrong, on a script.
 *
 *   --once   end after the script, with exit code 0 only if every promise held (also what happens without a terminal)
 *   --clean  take away what a killed run left
 */
import { DemoMesh } from './demo-mesh.ts'
import { Display } from './display.ts'
import { followKeys } from './keys.ts'
import { packetFilterRules } from './machine-evidence.ts'
import { formatPromise, Promises } from './promises.ts'
import { runScript } from './script.ts'
import { runWeft } from './weft-command.ts'

const args = process.argv.slice(2)
const unknown = args.find((each) => each !== '--once' && each !== '--clean')
if (unknown !== undefined) {
  process.stderr.write(`demo: found ${JSON.stringify(unknown)}, expected --once or --clean\n`)
  process.exit(2)
}
process.exitCode = args.includes('--clean') ? await clean() : await demo(args.includes('--once'))

async function clean(): Promise<number> {
  process.stdout.write(await runWeft(['down', '--purge']))
  return 0
}

async function demo(once: boolean): Promise<number> {
  const display = new Display(process.stdout)
  const promises = new Promises((promise) => display.say(`  ${formatPromise(promise, display.style)}`))
  const mesh = new DemoMesh(display)
  let isInterrupted = false
  const interrupt = (): void => {
    isInterrupted = true
    void mesh.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  const filterBefore = packetFilterRules()
  try {
    await mesh.start()
    await runScript(mesh, display, promises)
    const filterNow = packetFilterRules()
    const measured =
      filterNow === null
        ? `not measured: ${process.getuid?.() === 0 ? 'neither nft nor iptables-save is installed' : 'only root may list them'}`
        : 'nft and iptables list what they listed before'
    promises.record(
      'no iptables or nftables rule is ours',
      filterNow === null ? null : filterNow === filterBefore,
      measured,
    )
    if (!once && display.isTerminal && process.stdin.isTTY) await followKeys(mesh, display)
  } catch (error) {
    if (!isInterrupted) promises.record('the demo runs to its end', false, (error as Error).message)
  } finally {
    display.phase('weft down')
    await mesh.stop()
    display.end()
  }
  if (isInterrupted) {
    process.stdout.write('interrupted; everything is taken down\n')
    return 130
  }
  const held = promises.all.filter((each) => each.held === true).length
  const broken = promises.all.filter((each) => each.held === false).length
  process.stdout.write(`\n${promises.all.map((each) => formatPromise(each, display.style)).join('\n')}\n`)
  process.stdout.write(
    `\n${held} promises held, ${broken} broken; p99 added by the mesh ${mesh.addedP99Ms.toFixed(2)} ms\n`,
  )
  return promises.allHeld ? 0 : 1
}
