// Completion scripts for three shells, written from the commands' definitions.

import {
  type Argument,
  type Command,
  type Completion,
  commonOptions,
  type Option,
  optionFlag,
} from './command.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/**
 * The script for each shell. It is complete in itself: no command is run while completing. `npx migaki …` is
 * completed like `migaki …`; of what else npx runs it offers what the shell offers by default.
 */
export const completionScripts: Record<Shell, (commands: readonly Command[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

function optionsOf(command: Command): [flag: string, option: Option][] {
  return Object.entries({ ...command.options, ...commonOptions }).map(([key, option]) => [
    optionFlag(key),
    option,
  ]);
}

function choicesOf(
  argument: Argument,
  commands: readonly Command[],
): readonly string[] | undefined {
  if (argument.completes === 'command') return commands.map(({ name }) => name);
  return argument.choices;
}

function completionOf(option: Option): Completion | undefined {
  return option.kind === 'text' ? option.completes : undefined;
}

function bashScript(commands: readonly Command[]): string {
  const valueCases = commands.flatMap((command) =>
    optionsOf(command).flatMap(([flag, option]) => {
      const reply = bashReply(option);
      return reply === null ? [] : [`    "${command.name} ${flag}") ${reply}; return ;;`];
    }),
  );
  const commandCases = commands.map((command) => {
    const flags = optionsOf(command).map(([flag]) => flag);
    const choices = Object.values(command.arguments).flatMap(
      (argument) => choicesOf(argument, commands) ?? [],
    );
    return `    ${command.name}) flags="${[...flags, '--help'].join(' ')}"; words="${choices.join(' ')}" ;;`;
  });
  return `# bash completion for migaki
_migaki() {
  if [ "\${COMP_WORDS[0]##*/}" = npx ]; then
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
      COMPREPLY=($(compgen -W migaki -- "\${COMP_WORDS[1]}"))
      return
    fi
    [ "\${COMP_WORDS[1]}" = migaki ] || return
    local after_npx=("\${COMP_WORDS[@]:1}")
    local COMP_WORDS=("\${after_npx[@]}") COMP_CWORD=$((COMP_CWORD - 1))
  fi
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} flags= words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]} $prev" in
${valueCases.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${commandCases.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
  elif [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _migaki migaki
complete -p npx > /dev/null 2>&1 || complete -o default -o filenames -F _migaki npx
`;
}

/** What bash offers after the option; null after a flag, which takes no value. */
function bashReply(option: Option): string | null {
  if (option.kind === 'flag') return null;
  if (option.kind === 'choice') {
    return `COMPREPLY=($(compgen -W "${option.choices.join(' ')}" -- "$cur"))`;
  }
  const completion = completionOf(option);
  if (completion === undefined) return 'COMPREPLY=()';
  return `COMPREPLY=($(compgen ${completion === 'folder' ? '-d' : '-f'} -- "$cur"))`;
}

function zshScript(commands: readonly Command[]): string {
  const summaries = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map((command) => {
    const specs = [
      ...optionsOf(command).map(([flag, option]) => zshOption(flag, option)),
      quoted('(-h --help)--help[Show this help]'),
      ...Object.entries(command.arguments).map(([name, argument]) => {
        const action = zshAction(choicesOf(argument, commands), argument.completes);
        return quoted(`${argument.optional ? '::' : ':'}${name}:${action}`);
      }),
    ];
    return `    ${command.name}) _arguments ${specs.map((spec) => `\\\n      ${spec}`).join(' ')} ;;`;
  });
  return `#compdef migaki npx
_migaki() {
  if [[ \${words[1]:t} == npx ]]; then
    if (( CURRENT == 2 )); then
      compadd migaki
      _default
      return
    elif [[ $words[2] != migaki ]]; then
      _default
      return
    fi
    shift words
    (( CURRENT-- ))
  fi
  local -a commands=(
${summaries.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _migaki ]; then
  _migaki "$@"
else
  compdef _migaki migaki
  (( $+_comps[npx] )) || compdef _migaki npx
fi
`;
}

function zshOption(flag: string, option: Option): string {
  const help = option.help.replace(/[[\]:]/g, '\\$&');
  if (option.kind === 'flag') return quoted(`${flag}[${help}]`);
  const choices = option.kind === 'choice' ? option.choices : undefined;
  const name = option.kind === 'choice' ? 'name' : option.placeholder;
  return quoted(`${flag}=[${help}]:${name}:${zshAction(choices, completionOf(option))}`);
}

function zshAction(choices?: readonly string[], completes?: Completion): string {
  if (choices !== undefined) return `(${choices.join(' ')})`;
  if (completes === undefined) return ' ';
  return completes === 'folder' ? '_files -/' : '_files';
}

function fishScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = ['# fish completion for migaki', 'complete -c migaki -f'];
  for (const command of commands) {
    lines.push(
      `complete -c migaki -n "not __fish_seen_subcommand_from ${names}" -a ${command.name} -d ${quoted(command.summary)}`,
    );
    const here = `complete -c migaki -n "__fish_seen_subcommand_from ${command.name}"`;
    for (const argument of Object.values(command.arguments)) {
      const choices = choicesOf(argument, commands);
      if (choices !== undefined) lines.push(`${here} -a ${quoted(choices.join(' '))}`);
      else if (argument.completes !== undefined) lines.push(`${here} -F`);
    }
    for (const [flag, option] of optionsOf(command)) {
      lines.push(`${here} -l ${flag.slice(2)}${fishValue(option)} -d ${quoted(option.help)}`);
    }
  }
  return `${lines.join('\n')}\n${fishAfterNpx}`;
}

const fishAfterNpx = `function __migaki_after_npx
  set -l words (commandline -opc)
  complete -C (string join ' ' -- (string escape -- $words[2..]) (commandline -ct))
end
complete -c npx -n "test (count (commandline -opc)) -eq 1" -a migaki
complete -c npx -n "__fish_seen_subcommand_from migaki" -f -a "(__migaki_after_npx)"
`;

function fishValue(option: Option): string {
  if (option.kind === 'flag') return '';
  if (option.kind === 'choice') return ` -x -a ${quoted(option.choices.join(' '))}`;
  return completionOf(option) === undefined ? ' -x' : ' -r -F';
}

/** A word in single quotes, for all three shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
