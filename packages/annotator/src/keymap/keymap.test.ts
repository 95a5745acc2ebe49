import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chordOf } from './chord.ts';
import { type CommandName, commandNames, commands } from './commands.ts';
import { cheatSheet, conflictsIn, defaultKeymapSettings, keymapOf, rebind } from './keymap.ts';
import { type PresetName, presets } from './presets.ts';

const press = (key: string, modifiers: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers });
const presetNames = Object.keys(presets) as PresetName[];

test('chords read the same on every keyboard', () => {
  assert.equal(press('Z', { metaKey: true, shiftKey: true }), 'mod+shift+z');
  assert.equal(press('?', { shiftKey: true }), '?');
  assert.equal(press('[', { altKey: true, ctrlKey: false }), '[');
  assert.equal(press('ArrowLeft', { altKey: true }), 'alt+ArrowLeft');
  assert.equal(press('R', { shiftKey: true }), 'shift+r');
});

test('no preset gives a key to two commands', () => {
  const own = Object.fromEntries(commandNames.map((name) => [name, commands[name].keys]));
  assert.deepEqual(conflictsIn(own), []);
  for (const preset of presetNames) assert.deepEqual(conflictsIn(presets[preset]), [], preset);
});

test('in every preset every command still has a key', () => {
  for (const preset of presetNames) {
    const { keysOf } = keymapOf({ preset, own: {} });
    const keyless = commandNames.filter((name) => keysOf[name].length === 0);
    assert.deepEqual(keyless, [], preset);
  }
});

test('a preset’s key is taken from whoever had it in Migaki’s own', () => {
  const { commandOf } = keymapOf({ preset: 'coco-annotator', own: {} });
  assert.equal(commandOf.get('v'), 'tool.polygon');
  assert.equal(commandOf.get('s'), 'tool.select');
  assert.equal(commandOf.get('n'), 'picture.next');
  assert.equal(commandOf.get('c'), 'view.fit');
});

test('a new binding says who loses the key, and the loser keeps its other keys', () => {
  const { settings, losers } = rebind(defaultKeymapSettings, 'view.fit', ['f', '0']);
  assert.deepEqual(losers, [{ name: 'picture.next', key: 'f' }]);
  const { keysOf, commandOf } = keymapOf(JSON.parse(JSON.stringify(settings)));
  assert.equal(commandOf.get('f'), 'view.fit');
  assert.deepEqual(keysOf['picture.next'], ['ArrowRight']);
});

test('the sheet shows every command once', () => {
  const listed = cheatSheet(keymapOf(defaultKeymapSettings)).flatMap(({ commands: all }) => all);
  const names: CommandName[] = listed.map(({ name }) => name);
  assert.deepEqual(names.toSorted(), commandNames.toSorted());
});
