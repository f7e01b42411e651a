import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listOf, otherMeshesIn, pluginTypes, withoutPlugin, withPlugin } from './conflist.ts'

const entry = { socket: '/run/weft/cni.sock', namespaces: '/var/lib/weft/cni/namespaces' }
const bridge = `{
  "cniVersion": "1.0.0",
  "name": "pods", "x": { "plugins": [ {"type":"decoy"} ] },
  "plugins": [
    { "type": "bridge", "note": "a ] in \\" a text" ,"ipam":{"ranges":[[{"subnet":"10.1.0.0/24"}]]}},
    {"type":"portmap" }
  ]
}
`

test('our plugin goes to the end, and leaves no trace when it goes', () => {
  const chained = withPlugin(bridge, entry)

  expect(pluginTypes(chained)).toEqual(['bridge', 'portmap', 'weft-cni'])
  expect((JSON.parse(chained) as { plugins: unknown[] }).plugins.at(-1)).toEqual({ type: 'weft-cni', ...entry })
  expect(withPlugin(chained, entry), 'twice is once').toBe(chained)
  expect(withoutPlugin(chained)).toBe(bridge)
  expect(withoutPlugin(bridge)).toBe(bridge)
})

test('an entry of ours with other settings is replaced', () => {
  const chained = withPlugin(withPlugin(bridge, { ...entry, socket: '/old' }), entry)
  expect(chained).toBe(withPlugin(bridge, entry))
})

test('wherever others have moved it, it goes', () => {
  const moved = '{"name":"x","plugins":[{"type":"weft-cni"}, {"type":"bridge"},{"type":"weft-cni"} ]}'
  expect(pluginTypes(withoutPlugin(moved))).toEqual(['bridge'])
})

test.each(['', '[]', '{}', '{"plugins":{}}', '{"plugins":[]}', '{"plugins":[{}'])('%j is refused', (text) => {
  expect(() => withPlugin(text, entry)).toThrow(/expected/)
})

test('a configuration of one plugin becomes a list', () => {
  const list = listOf('{"cniVersion":"0.4.0","name":"n","type":"bridge","mtu":9000}', entry)
  expect(JSON.parse(list)).toEqual({
    cniVersion: '0.4.0',
    name: 'n',
    plugins: [
      { cniVersion: '0.4.0', name: 'n', type: 'bridge', mtu: 9000 },
      { type: 'weft-cni', ...entry },
    ],
  })
  expect(() => listOf('{}', entry)).toThrow('expected a plugin with a "type"')
})

test('plugins of other meshes are noticed', () => {
  expect(otherMeshesIn(['bridge', 'istio-cni', 'weft-cni'])).toEqual(['istio-cni'])
})

test('any list comes back as it was, octet by octet', () => {
  const plugins = fc.array(fc.record({ type: fc.string(), more: fc.jsonValue() }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(plugins, fc.jsonValue(), fc.integer({ min: 0, max: 4 }), (list, before, indent) => {
      const text = JSON.stringify({ before, plugins: list, after: before }, null, indent)
      fc.pre(list.every(({ type }) => type !== 'weft-cni'))
      expect(withoutPlugin(withPlugin(text, entry))).toBe(text)
      expect(pluginTypes(withPlugin(text, entry))).toEqual([...list.map(({ type }) => type), 'weft-cni'])
    }),
  )
})
