import { describeConfig, loadConfig, settingsHelp } from '@weft/config'
import { jsonLogger, runMain, systemClock } from '@weft/host'
import { CertificateAuthority } from './app.ts'
import { caSettings } from './config.ts'

if (process.argv.includes('--help')) {
  process.stdout.write(settingsHelp(caSettings, 'node apps/ca/src/main.ts', 'WEFT_CA'))
  process.exit(0)
}
await runMain(
  () => {
    const config = loadConfig(caSettings, process.argv.slice(2), process.env, 'WEFT_CA')
    const log = jsonLogger('ca', config.logLevel)
    log.info('settings', describeConfig(caSettings, config))
    return new CertificateAuthority(config, { clock: systemClock, log })
  },
  jsonLogger('ca', 'info'),
)
