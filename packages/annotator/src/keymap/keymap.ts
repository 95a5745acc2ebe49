// Which key does what: a preset with what a person changed in it. Both are plain data that can be stored.

import { type CommandGroup, type CommandName, commandNames, commands } from './commands.ts';
import { type Bindings, type PresetName, presets } from './presets.ts';

export interface KeymapSettings {
  readonly preset: PresetName;
  readonly own: Bindings;
}

export interface Keymap {
  /** What it was made from. */
  readonly settings: KeymapSettings;
  readonly keysOf: { readonly [Name in CommandName]: readonly string[] };
  readonly commandOf: ReadonlyMap<string, CommandName>;
}

export const defaultKeymapSettings: KeymapSettings = { preset: 'migaki', own: {} };

/** What is more particular keeps its keys: the person's own, then the preset's, then Migaki's. */
export function keymapOf(settings: KeymapSettings): Keymap {
  const { preset, own } = settings;
  const layers: readonly Bindings[] = [own, presets[preset]];
  const commandOf = new Map<string, CommandName>();
  for (const layer of [...layers, null]) {
    for (const name of commandNames) {
      const isTakenOver = layers
        .slice(0, layer === null ? layers.length : layers.indexOf(layer))
        .some((above) => above[name] !== undefined);
      if (isTakenOver) continue;
      const keys: readonly string[] = layer === null ? commands[name].keys : (layer[name] ?? []);
      for (const key of keys) if (!commandOf.has(key)) commandOf.set(key, name);
    }
  }
  const keysOf = Object.fromEntries(commandNames.map((name) => [name, [] as string[]]));
  for (const [key, name] of commandOf) keysOf[name].push(key);
  return { settings, keysOf: keysOf as Record<CommandName, string[]>, commandOf };
}

/**
 * Gives a command other keys.
 *
 * @returns the settings, and the commands that lose a key by it, to be told before
 */
export function rebind(
  settings: KeymapSettings,
  name: CommandName,
  keys: readonly string[],
): { settings: KeymapSettings; losers: readonly { name: CommandName; key: string }[] } {
  const before = keymapOf(settings);
  const losers = keys.flatMap((key) => {
    const loser = before.commandOf.get(key);
    return loser === undefined || loser === name ? [] : [{ name: loser, key }];
  });
  // Whoever loses a key that was its own keeps the rest of them.
  const own: Record<string, readonly string[]> = { ...settings.own, [name]: keys };
  for (const loser of losers) {
    own[loser.name] = (own[loser.name] ?? before.keysOf[loser.name]).filter(
      (key) => key !== loser.key,
    );
  }
  return { settings: { ...settings, own }, losers };
}

/** Keys that several commands of one set of bindings claim: the first would win. */
export function conflictsIn(bindings: Bindings): { key: string; names: CommandName[] }[] {
  const claims = new Map<string, CommandName[]>();
  for (const name of commandNames) {
    for (const key of bindings[name] ?? []) claims.set(key, [...(claims.get(key) ?? []), name]);
  }
  return [...claims].flatMap(([key, names]) => (names.length > 1 ? [{ key, names }] : []));
}

/** What the sheet on `?` shows: every command under its group, with the keys that it has now. */
export function cheatSheet({
  keysOf,
}: Keymap): { group: CommandGroup; commands: { name: CommandName; keys: readonly string[] }[] }[] {
  const groups = [...new Set(commandNames.map((name) => commands[name].group))];
  return groups.map((group) => ({
    group,
    commands: commandNames
      .filter((name) => commands[name].group === group)
      .map((name) => ({ name, keys: keysOf[name] })),
  }));
}
