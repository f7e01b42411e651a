import { stringify } from 'yaml'
import type { ChartPart, SettingLike } from './parts.ts'

type Settings = ReadonlyArray<readonly [string, SettingLike]>

/** The default of a setting as a value of the chart: as people write it, not as the program holds it. */
export function valueOf({ defaultText, defaultValue, repeated }: SettingLike): unknown {
  if (repeated === true) return (defaultValue as readonly unknown[]).map(String)
  const isPlain = typeof defaultValue === 'boolean' || isNumber({ defaultText, defaultValue })
  return isPlain ? defaultValue : (defaultText ?? '')
}

/** The lines between the marks of `values.yaml`: each setting with its meaning. */
export function valuesSection(settings: Settings): string {
  if (settings.length === 0) return '  settings: {}\n'
  const lines = settings.flatMap(([key, setting]) => [
    ...wrapped(`${setting.doc} Expected ${setting.expected}.`, 124).map((line) => `    # ${line}`),
    ...stringify({ [key]: valueOf(setting) }, { defaultStringType: 'PLAIN', lineWidth: 0 })
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  ])
  return `  settings:\n${lines.join('\n')}\n`
}

/** The template that turns the values into flags. */
export function settingsTemplate(parts: ReadonlyArray<readonly [ChartPart, Settings]>): string {
  const head = '{{/* Made from the settings of the apps by `npm run chart`; do not edit. */}}\n'
  return head + parts.map(([part, settings]) => definition(part, settings)).join('')
}

function definition({ key }: ChartPart, settings: Settings): string {
  const flags = settings.map(([name, setting]) => flagOf(name, `.Values.${key}.settings.${name}`, setting)).join('')
  return `\n{{- define "weft.settings.${key}" -}}${flags}\n{{- end }}\n`
}

function flagOf(name: string, value: string, setting: SettingLike): string {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  if (setting.repeated === true) return `\n{{- range ${value} }}\n- {{ printf "${flag}=%s" . | quote }}\n{{- end }}`
  if (isNumber(setting)) return `\n- {{ printf "${flag}=%d" (int64 ${value}) | quote }}`
  if (typeof setting.defaultValue === 'boolean') return `\n- {{ printf "${flag}=%v" ${value} | quote }}`
  return `\n{{- with ${value} }}\n- {{ printf "${flag}=%s" . | quote }}\n{{- end }}`
}

export function isNumber({ defaultText, defaultValue }: Pick<SettingLike, 'defaultText' | 'defaultValue'>): boolean {
  return typeof defaultValue === 'number' && /^\d+$/.test(defaultText ?? '')
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
