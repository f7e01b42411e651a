import { loadConfig } from '@weft/config'
import { standaloneSettings } from './config.ts'
import { runStandalone } from './run.ts'

process.exitCode = await runStandalone(() =>
  loadConfig(standaloneSettings, process.argv.slice(2), process.env, 'WEFT_PROXY'),
)
