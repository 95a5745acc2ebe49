// Keys with their modifiers, written in one way: `mod+shift+z`, `?`, `ArrowLeft`.

/** What a browser says of a key; `KeyboardEvent` has it all. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * The chord of a key press. Characters that some keyboards need Shift or AltGr for speak for themselves, so `?` is `?`
 * wherever it stands.
 *
 * @example chordOf({ key: 'Z', ctrlKey: true, metaKey: false, shiftKey: true, altKey: false }); // 'mod+shift+z'
 */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const isLetterOrName = name.length > 1 || /^[a-z]$/.test(name);
  return [
    (ctrlKey || metaKey) && 'mod',
    isLetterOrName && shiftKey && 'shift',
    isLetterOrName && altKey && 'alt',
    name,
  ]
    .filter(Boolean)
    .join('+');
}
