/** `--data`, as every command that works on datasets has it. */
export const dataOption = {
  kind: 'text',
  placeholder: 'folder',
  help: 'The workspace (default: MIGAKI_HOME, else .migaki in your home folder)',
  completes: 'folder',
} as const;
