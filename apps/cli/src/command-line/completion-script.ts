import { flagName } from '@weft/config'
import type { Command } from './command.ts'
import type { FlagTable } from './flag.ts'
import { globalFlags } from './global-flags.ts'
import { flagWords } from './parse-arguments.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A completion script made from the tables of flags, so that it never lags behind them. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  if (shell === 'fish') return fishScript(commands)
  return shell === 'bash' ? bashScript(commands) : zshScript(commands)
}

/** Words that may follow a command: its flags, the words its operands may be. */
function wordsOf(command: Command): string[] {
  return [...flagWords({ ...command.flags, ...globalFlags }), ...(command.operands.words ?? [])]
}

/** After `run … --` another program's own completion would apply; file names are the best that a script this small can do. */
function bashScript(commands: readonly Command[]): string {
  return `# weft completion for bash: source <(weft completion bash)
_weft() {
  local word=\${COMP_WORDS[COMP_CWORD]} command='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case $command:\${COMP_WORDS[i]} in
      run:--) COMPREPLY=($(compgen -c -f -- "$word")); return ;;
      ${valuedFlags()
        .map((flag) => `:${flag}`)
        .join(' | ')}) ((i++)) ;;
      :-*) ;;
      :*) command=\${COMP_WORDS[i]} ;;
    esac
  done
  local words
  case $command in
    '') words='${commands.map((command) => command.name).join(' ')} ${flagWords(globalFlags).join(' ')}' ;;
${commands.map((command) => `    ${command.name}) words='${wordsOf(command).join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [[ \${#COMPREPLY[@]} -gt 0 || $word == -* ]] || COMPREPLY=($(compgen -f -- "$word"))
}
complete -F _weft weft
`
}

function zshScript(commands: readonly Command[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`
  return `#compdef weft
# weft completion for zsh: source <(weft completion zsh)
_weft() {
  local -a names
  local command i
  for (( i = 2; i < CURRENT; i++ )); do
    case $command:$words[i] in
      run:--) shift $i words; (( CURRENT -= i )); _normal; return ;;
      (${valuedFlags()
        .map((flag) => `:${flag}`)
        .join('|')}) (( i++ )) ;;
      :-*) ;;
      :*) command=$words[i] ;;
    esac
  done
  if [[ -z $command ]]; then
    names=(${commands.map((command) => quoted(command.name) + ':' + quoted(command.summary)).join(' ')})
    _describe command names
    compadd -- ${flagWords(globalFlags).join(' ')}
    return
  fi
  case $command in
${commands.map((command) => `    ${command.name}) compadd -- ${wordsOf(command).join(' ')} ;;`).join('\n')}
  esac
  _files
}
compdef _weft weft
`
}

function fishScript(commands: readonly Command[]): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const flagLine = (condition: string, table: FlagTable): string[] =>
    Object.entries(table).map(([key, flag]) => {
      const short = flag.short === '' ? '' : ` -s ${flag.short}`
      return `complete -c weft${condition} -l ${flagName(key)}${short}${flag.placeholder === '' ? '' : ' -r'} -d ${quoted(flag.doc)}`
    })
  const lines = commands.flatMap((command) => {
    const condition = ` -n '__weft_is ${command.name}'`
    const operands = command.operands.words ?? []
    return [
      `complete -c weft -n '__weft_is ""' -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...flagLine(condition, command.flags),
      ...(operands.length === 0 ? [] : [`complete -c weft${condition} -f -a ${quoted(operands.join(' '))}`]),
    ]
  })
  return (
    [
      '# weft completion for fish: weft completion fish | source',
      ...fishCommand(),
      ...flagLine('', globalFlags),
      ...lines,
    ].join('\n') + '\n'
  )
}

/** Says which command the line has, `""` for none yet: fish's own test takes the value of a flag for one. */
function fishCommand(): string[] {
  return [
    'function __weft_is',
    '  set -l command',
    '  set -l skip 0',
    '  for word in (commandline -opc)[2..-1]',
    '    if test $skip = 1',
    '      set skip 0',
    `    else if contains -- $word ${valuedFlags().join(' ')}`,
    '      set skip 1',
    "    else if not string match -q -- '-*' $word",
    '      set command $word',
    '      break',
    '    end',
    '  end',
    '  test "$command" = "$argv[1]"',
    'end',
  ]
}

/** Flags that may stand before the command and are followed by a value. */
function valuedFlags(): string[] {
  return Object.entries(globalFlags).flatMap(([key, flag]) =>
    flag.placeholder === '' ? [] : [`--${flagName(key)}`, ...(flag.short === '' ? [] : [`-${flag.short}`])],
  )
}
