import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { FailureLimit } from './attest/failure-limit.ts'
import { Joining } from './attest/joining.ts'
import { JoinTokens } from './attest/join-tokens.ts'
import { TokenUses } from './attest/token-uses.ts'
import type { CaSurroundings } from './app.ts'
import type { CaConfig } from './config.ts'
import { FileAuthorityStore } from './keys/file-authority-store.ts'
import { readKeyEncryptionKey } from './keys/key-encryption-key.ts'
import type { CaParts } from './parts.ts'
import { ControlPlaneRegistration } from './serve/registration.ts'
import { AuditLog } from './sign/audit-log.ts'

/** A CA on a machine: everything in one directory, joins by tokens of a file, the control plane knows the workloads. */
export function machineParts(config: CaConfig, { clock, log }: CaSurroundings): CaParts {
  const { stateDir, trustDomain, joinTokensFile, keyEncryptionKeyFile, controlPlaneAddress } = config
  requireGiven({ stateDir, joinTokensFile, keyEncryptionKeyFile, controlPlaneAddress })
  const tokens = new JoinTokens(joinTokensFile, log)
  const uses = new TokenUses(join(stateDir, 'used-tokens.json'))
  return {
    store: new FileAuthorityStore(stateDir, readKeyEncryptionKey(keyEncryptionKeyFile)),
    admission: new Joining(tokens, uses, new FailureLimit(clock), clock),
    audit: (metrics) => new AuditLog(join(stateDir, 'issued.jsonl'), log, () => metrics.countStateWriteFailure()),
    renewsByToken: false,
    registration: (own) => new ControlPlaneRegistration(controlPlaneAddress, trustDomain, own),
    companions: () => [],
  }
}

/** These have no default that would do on a machine, and no meaning on Kubernetes. */
function requireGiven(settings: Readonly<Record<string, string>>): void {
  const missing = Object.keys(settings).filter((name) => settings[name] === '')
  if (missing.length === 0) return
  const flags = missing.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
  throw new Failure('config', `${flags.join(', ')} missing: expected on platform machine`)
}
