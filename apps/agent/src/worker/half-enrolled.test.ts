import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { MeshHarness, tcpServer } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

function said(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

test('a service of which one instance is outside the mesh is served by both, each in its way, and told apart in the counts', async () => {
  mesh = await new MeshHarness().start()
  const outside = tcpServer((socket) => socket.end('outside'))
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const { port: outsidePort } = outside.address() as AddressInfo
  const named = (port: number) => ({ port, protocol: 'tcp' as const, name: 'db' })
  const { workload } = await mesh.addProgram(
    'db-1',
    'db',
    tcpServer((socket) => socket.end('inside')),
  )
  mesh.apply({ kind: 'Workload', name: 'db-1', value: { ...workload, ports: [named(workload.ports[0]!.port)] } })
  mesh.addWorkload('db-2', 'db', 'node3', 0, { address: '127.0.0.1', ports: [named(outsidePort)] })
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const ports = [{ port: 5432, targetPort: 'db', name: '', protocol: 'tcp' as const }]
  mesh.apply({ kind: 'Service', name: 'default/db', value: { ...service, ports } })
  const entry = await mesh.entry(service.address4, 5432)

  const answers = new Set<string>()
  for (let i = 0; i < 40 && answers.size < 2; i++) answers.add(await said(entry))
  outside.close()

  expect([...answers].toSorted()).toEqual(['inside', 'outside'])
  await vi.waitFor(() => {
    const counts = mesh.counts().filter(({ direction }) => direction === 'outbound')
    const ways = new Map(counts.map(({ workload: uid, security, destination }) => [uid, [security, destination]]))
    expect(ways.get('db-1')).toEqual(['mtls', 'spiffe://cluster.local/ns/default/sa/db'])
    expect(ways.get('db-2')).toEqual(['plaintext', ''])
  }, 5_000)
})
