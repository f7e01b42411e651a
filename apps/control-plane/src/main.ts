import { describeConfig, loadConfig } from '@weft/config'
import { jsonLogger, runMain } from '@weft/host'
import { controlPlaneApp } from './app.ts'
import { controlPlaneSettings } from './config.ts'

await runMain(
  () => {
    const config = loadConfig(controlPlaneSettings, process.argv.slice(2), process.env, 'WEFT_CONTROL_PLANE')
    const log = jsonLogger('control-plane', config.logLevel)
    log.info('settings', describeConfig(controlPlaneSettings, config))
    return controlPlaneApp(config, log)
  },
  jsonLogger('control-plane', 'info'),
)
