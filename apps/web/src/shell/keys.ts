// Key chords such as `mod+shift+z`, `?` and `ArrowLeft`. `mod` is Ctrl, and ⌘ on a Mac.

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The key `+` is written as it is, not beside modifiers. */
const partsOf = (chord: string): string[] => (chord === '+' ? ['+'] : chord.split('+'));

/**
 * @param chord modifiers in any order, the key last; letters in lower case
 * @example
 * matchesKey({ key: 'Z', ctrlKey: true, shiftKey: true, metaKey: false, altKey: false }, 'mod+shift+z'); // true
 */
export function matchesKey(press: KeyPress, chord: string): boolean {
  const parts = partsOf(chord);
  const key = parts.at(-1)!;
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  const pressed = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  // On some keyboards `?` or `[` need Shift or AltGr, and digits Shift: such characters speak for themselves.
  const isLetterOrName = /^([a-z]|[A-Z]\w+)$/.test(key);
  const isDigit = /^\d$/.test(key);
  return (
    pressed === key &&
    (press.ctrlKey || press.metaKey) === wants('mod') &&
    (!isLetterOrName || press.shiftKey === wants('shift')) &&
    (!(isLetterOrName || isDigit) || press.altKey === wants('alt'))
  );
}

const names: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  ' ': 'Space',
};

/** What stands on the caps: `['Ctrl', 'Shift', 'Z']`. */
export function capsOf(chord: string): string[] {
  return partsOf(chord).map(
    (part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  );
}
