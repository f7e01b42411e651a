import { describeConfig, loadConfig, settingsHelp } from '@weft/config'
import { jsonLogger, runMain } from '@weft/host'
import { controlPlaneApp } from './app.ts'
import { controlPlaneSettings } from './config.ts'

if (process.argv.includes('--help')) {
  process.stdout.write(settingsHelp(controlPlaneSettings, 'node apps/control-plane/src/main.ts', 'WEFT_CONTROL_PLANE'))
  process.exit(0)
}
await runMain(
  () => {
    const config = loadConfig(controlPlaneSettings, process.argv.slice(2), process.env, 'WEFT_CONTROL_PLANE')
    const log = jsonLogger('control-plane', config.logLevel)
    log.info('settings', describeConfig(controlPlaneSettings, config))
    return controlPlaneApp(config, log)
  },
  jsonLogger('control-plane', 'info'),
)
