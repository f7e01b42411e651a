import { describeConfig, loadConfig, settingsHelp } from '@weft/config'
import { jsonLogger, runMain } from '@weft/host'
import { policyApp } from './app.ts'
import { policySettings } from './config.ts'

if (process.argv.includes('--help')) {
  process.stdout.write(settingsHelp(policySettings, 'node apps/policy/src/main.ts', 'WEFT_POLICY'))
  process.exit(0)
}
await runMain(
  () => {
    const config = loadConfig(policySettings, process.argv.slice(2), process.env, 'WEFT_POLICY')
    const log = jsonLogger('policy', config.logLevel)
    log.info('settings', describeConfig(policySettings, config))
    return policyApp(config, log)
  },
  jsonLogger('policy', 'info'),
)
