import { describeConfig, loadConfig, settingsHelp } from '@weft/config'
import { tryLoadAddon } from '@weft/ebpf'
import { jsonLogger, runMain } from '@weft/host'
import { agentApp } from './app.ts'
import { agentSettings } from './config.ts'
import { storeOf } from './descriptors/launcher-store.ts'
import { uninstall } from './kubernetes/uninstall.ts'
import { releaseMemory } from './worker/release-memory.ts'

/** The agent keeps to its own setting within it. */
const DRAIN_MAX_MS = 3_600_000

if (process.argv.includes('--help')) {
  process.stdout.write(settingsHelp(agentSettings, 'node apps/agent/src/main.ts', 'WEFT_AGENT'))
  process.exit(0)
}
if (process.argv.includes('--uninstall')) {
  const words = process.argv.slice(2).filter((word) => word !== '--uninstall')
  const log = jsonLogger('agent', 'info')
  process.exit(uninstall(loadConfig(agentSettings, words, process.env, 'WEFT_AGENT'), log).length === 0 ? 0 : 1)
}
await runMain(
  () => {
    const config = loadConfig(agentSettings, process.argv.slice(2), process.env, 'WEFT_AGENT')
    const log = jsonLogger('agent', config.logLevel)
    log.info('settings', describeConfig(agentSettings, config))
    return agentApp(config, storeOf(process.env, tryLoadAddon, log.child('launcher')), log)
  },
  jsonLogger('agent', 'info'),
  DRAIN_MAX_MS,
  () => releaseMemory(tryLoadAddon()),
)
