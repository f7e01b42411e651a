import { expect, test } from 'vitest'
import type { Chart } from './chart.ts'
import { renderChart, type Manifest } from './render-chart.ts'
import { mergeValues, parseSetValue } from './values.ts'

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n'

function chartOf(template: string, files: Readonly<Record<string, string>> = {}, values: Chart['values'] = {}): Chart {
  return {
    name: 'test',
    version: '1.2.3',
    appVersion: '4.5.6',
    values,
    schema: {},
    files: new Map(Object.entries({ 'templates/x.yaml': template, ...files })),
  }
}

function render(template: string, values: Chart['values'] = {}, files: Readonly<Record<string, string>> = {}): unknown {
  const chart = chartOf(`${head}${template}`, files, values)
  const [manifest] = renderChart(chart, { name: 'mesh', namespace: 'weft-system' }, {}) as [Manifest]
  return manifest['data']
}

test.each<[string, unknown, unknown]>([
  ['{{ .Values.a.b }}', { a: { b: 'text' } }, 'text'],
  ['{{ .Release.Name }}-{{ $.Release.Namespace }} {{ .Chart.AppVersion }}', {}, 'mesh-weft-system 4.5.6'],
  ['{{ .Values.a | quote }}', { a: 'x: "y"' }, 'x: "y"'],
  ['{{ default "d" .Values.a }}', { a: '' }, 'd'],
  ['{{ .Values.a | default "d" }}', { a: 'x' }, 'x'],
  ['{{ if .Values.a }}yes{{ else }}no{{ end }}', { a: 0 }, false],
  ['{{ if eq .Values.a "1" }}one{{ else if eq .Values.a "2" }}two{{ else }}many{{ end }}', { a: '2' }, 'two'],
  ['{{ if and .Values.a (not .Values.b) }}one{{ end }}', { a: true, b: false }, 'one'],
  ['{{ with .Values.a }}{{ . }}/{{ end }}end', { a: '' }, 'end'],
  ['{{ range $k, $v := .Values.a }}{{ $k }}{{ $v }}{{ end }}', { a: { z: 1, b: 2 } }, 'b2z1'],
  ['{{ range .Values.a }}{{ . }}{{ else }}none{{ end }}', { a: [] }, 'none'],
  ['{{ $x := printf "%s=%d" "a" (int64 .Values.a) }}{{ $x }}', { a: 2_000_000 }, 'a=2000000'],
  ['a {{- /* nothing }} here */ -}} b', {}, 'ab'],
  ['{{ index (list 7 8) 1 }}', {}, 8],
  ['{{ .Files.Get "files/a" }}', {}, 'content'],
  ['{{ range $p, $_ := .Files.Glob "files/*" }}{{ $p }}{{ end }}', {}, 'files/a'],
  ['{{ include "named" (dict "x" "y") }}', {}, 'named y'],
])('%s', (expression, values, expected) => {
  const files = { 'files/a': 'content', 'templates/_t.tpl': '{{- define "named" -}}named {{ .x }}{{- end }}' }

  const data = render(`data:\n  v: ${expression}\n`, values as Chart['values'], files) as { v: unknown }

  expect(data.v).toEqual(expected)
})

test('toYaml and nindent put a block where it belongs', () => {
  const data = render('data:\n  {{- toYaml .Values.a | nindent 2 }}\n', { a: { list: [{ x: 1 }], text: 'a: b' } })

  expect(data).toEqual({ list: [{ x: 1 }], text: 'a: b' })
})

test('words that YAML 1.1 takes for truth values stay words', () => {
  expect(render('data:\n  {{- toYaml .Values.a | nindent 2 }}\n', { a: { mode: 'Off', on: 'yes' } })).toEqual({
    mode: 'Off',
    on: 'yes',
  })
})

test.each([
  ['{{ .Values.a.b }}', /templates\/x.yaml line 6: found .Values.a.b of what is no map/],
  ['{{ .Values.none }}', /line 6: Cannot print what is not there/],
  ['{{ nonsense 1 }}', /found function nonsense, expected one of/],
  ['{{ include "none" . }}', /found include of "none", expected a defined template/],
  ['{{ if true }}', /expected else or end/],
  ['{{ end }}', /found end, expected a block that it belongs to/],
  ['{{ $x }}', /found variable \$x, expected one that was set/],
  ['{{ .Values', /expected }}/],
  ['{{ required "give a" .Values.a }}', /line 6: give a/],
])('%s is refused', (expression, message) => {
  expect(() => render(`data:\n  v: ${expression}\n`)).toThrow(message)
})

test('objects come in the order in which to apply them, hooks do not come', () => {
  const object = (kind: string, more = ''): string => `---\nkind: ${kind}\nmetadata: {name: x${more}}\n`
  const hook = ', annotations: {helm.sh/hook: test}'
  const chart = chartOf(
    ['Deployment', 'Namespace', 'ServiceAccount'].map((kind) => object(kind)).join('') + object('Pod', hook),
  )

  const kinds = renderChart(chart, { name: 'mesh', namespace: 'weft-system' }, {}).map(({ kind }) => kind)

  expect(kinds).toEqual(['Namespace', 'ServiceAccount', 'Deployment'])
})

test('values are merged by key, and read from --set as Helm does', () => {
  const set = ['ca.replicas=3', 'ca.image.tag=v1', 'agent.list={a,b}', 'x='].map(parseSetValue)

  expect(mergeValues({ ca: { replicas: 1, keep: true } }, ...set)).toEqual({
    ca: { replicas: 3, keep: true, image: { tag: 'v1' } },
    agent: { list: ['a', 'b'] },
    x: '',
  })
  expect(() => parseSetValue('=1')).toThrow('--set: found "=1", expected key.key=value')
})
