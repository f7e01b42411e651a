import { describeConfig, loadConfig } from '@weft/config'
import { jsonLogger, runMain } from '@weft/host'
import { agentApp } from './app.ts'
import { agentSettings } from './config.ts'

await runMain(
  () => {
    const config = loadConfig(agentSettings, process.argv.slice(2), process.env, 'WEFT_AGENT')
    const log = jsonLogger('agent', config.logLevel)
    log.info('settings', describeConfig(agentSettings, config))
    return agentApp(config, log)
  },
  jsonLogger('agent', 'info'),
)
