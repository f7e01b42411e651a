import { flag as flagSetting, type Setting } from '@weft/config'

/** One flag of a command: a setting of `@weft/config` with how it is written on a command line. */
export interface Flag<T> extends Setting<T> {
  /** What help shows for the value: `NAME`; '' for a switch, which takes none. */
  readonly placeholder: string
  /** One letter, or ''. */
  readonly short: string
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table holds flags of any type
export type FlagTable = Readonly<Record<string, Flag<any>>>
export type FlagsOf<Table extends FlagTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Flag<infer T> ? T : never
}

/** `--wait`: true when given. */
export function switchFlag(doc: string, short = ''): Flag<boolean> {
  return { ...flagSetting(doc, { default: false }), placeholder: '', short }
}

/** `--file FILE`: any setting of `@weft/config`; without a default it must be given. */
export function valueFlag<T>(placeholder: string, setting: Setting<T>, short = ''): Flag<T> {
  return { ...setting, placeholder, short }
}
