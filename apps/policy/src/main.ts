import { describeConfig, loadConfig } from '@weft/config'
import { jsonLogger, runMain } from '@weft/host'
import { policyApp } from './app.ts'
import { policySettings } from './config.ts'

await runMain(
  () => {
    const config = loadConfig(policySettings, process.argv.slice(2), process.env, 'WEFT_POLICY')
    const log = jsonLogger('policy', config.logLevel)
    log.info('settings', describeConfig(policySettings, config))
    return policyApp(config, log)
  },
  jsonLogger('policy', 'info'),
)
