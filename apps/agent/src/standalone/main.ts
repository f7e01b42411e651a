import { loadConfig } from '@weft/config'
import { standaloneSettings } from './config.ts'
import { runStandalone } from './run.ts'

const load = () => loadConfig(standaloneSettings, process.argv.slice(2), process.env, 'WEFT_PROXY')
process.exit(await runStandalone(load))
