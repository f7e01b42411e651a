import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestAuthority } from '@weft/mtls/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describePorts } from './port-names.ts'
import { readProxyFile } from './proxy-file.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/proxy.md'), 'utf8')
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!)
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weft-docs-'))
  const authority = new TestAuthority()
  const svid = authority.issue('spiffe://test/ns/default/sa/shop', { hosts: ['shop.example.com'] })
  mkdirSync(join(directory, 'certs'))
  writeFileSync(join(directory, 'certs/shop.crt'), svid.chainPem)
  writeFileSync(join(directory, 'certs/shop.key'), svid.key.revealPem())
  writeFileSync(join(directory, 'certs/ca.crt'), authority.rootPem)
})
afterEach(() => rmSync(directory, { recursive: true }))

const keeper = (name: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, annotations: { weft.dev/tls.crt: certs/shop.crt, weft.dev/tls.key: certs/shop.key } }\n`
const authorities =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: authorities, annotations: { weft.dev/ca.crt: certs/ca.crt } }\n'

function portsOf(...documents: readonly string[]): string {
  const file = join(directory, 'edge.yaml')
  writeFileSync(file, documents.join('---\n'))
  const { resources } = readProxyFile(file, ['127.0.0.1'])
  return describePorts(resources.flatMap((one) => (one.kind === 'GatewayPort' ? [one.value] : [])))
}

test('the file of docs/proxy.md is right as it stands', () => {
  expect(portsOf(blocks[0]!)).toBe(
    'edge/http on 127.0.0.1:8080, edge/tcp on 127.0.0.1:8081, edge/passed and edge/https on 127.0.0.1:8443',
  )
})

test('and so are both ends of its tunnel', () => {
  const gateway =
    'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: near }\nspec: { gatewayClassName: weft, listeners: [{ name: http, protocol: HTTP, port: 80 }] }\n'
  expect(portsOf(gateway, keeper('near'), authorities, blocks[1]!)).toBe('near/http on 127.0.0.1:80')
  expect(portsOf(keeper('far'), authorities, blocks[2]!)).toBe('far/hbone on 0.0.0.0:15008')
})
