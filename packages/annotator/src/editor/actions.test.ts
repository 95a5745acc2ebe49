// How many times a hand has to do something for one object: keys, clicks and drags, from a tool in hand to an object that
// is saved under its category. The tables of the README and the user guide are held against it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { saveStatus } from '../save/save-queue.ts';
import { proposal } from '../testing/documents.ts';
import { discPicture } from '../testing/pictures.ts';
import { Replay } from '../testing/replay.ts';

interface Work {
  /** As the tables name it. */
  name: string;
  /** Once for many objects: the tool and the category stay. */
  before: string;
  object: string;
}

const works: readonly Work[] = [
  { name: 'Box', before: 'press r', object: 'drag 10,10 → 50,40' },
  { name: 'Box of another category', before: 'press r', object: 'drag 10,10 → 50,40; press 2' },
  {
    name: 'Polygon of 6 points',
    before: 'press p',
    object: 'click 20,10; click 60,10; click 70,40; click 60,70; click 20,70; click 10,40; press n',
  },
  {
    name: 'Polygon by hand',
    before: 'press p',
    object: 'drag 20,20 → 40,15 → 60,20 → 70,40 → 60,60 → 40,65 → 20,60 → 15,40 → 20,20',
  },
  {
    name: 'Mask by three strokes',
    before: 'press b',
    object: 'drag 20,20 → 60,20; drag 20,35 → 60,35; drag 20,50 → 60,50; press n',
  },
  { name: 'Mask by the wand', before: 'press w', object: 'click 50,40' },
  {
    name: 'Mask by extreme points',
    before: 'press x',
    object: 'click 50,15; click 25,40; click 50,65; click 75,40',
  },
  {
    name: 'Pose of 3 keypoints, one hidden',
    before: 'press 3; press k',
    object: 'click 50,10; click 30,40 +shift; click 70,40',
  },
  { name: 'Tag of the picture', before: 'press t', object: 'press 2' },
];

const pixels = discPicture(100, 80, 50, 40, 25);

test('the actions for each kind of object are those that README and user guide state', () => {
  const root = join(import.meta.dirname, '../../../..');
  const pages = ['packages/annotator/README.md', 'docs/annotating.md'].map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));
  for (const { name, before, object } of works) {
    const replay = new Replay().show(pixels).run(before);
    const ready = replay.actions;
    replay.run(object);
    assert.equal(replay.state.document.objects.size, 1, name);
    assert.equal(saveStatus(replay.state.sync.queue), 'saved', name);
    const row = `| ${name} | ${replay.actions - ready} |`;
    for (const { path, text } of pages) {
      assert.ok(text.includes(row), `${path} lacks the row ${row}`);
    }
  }
});

test('a proposal takes one key, whatever becomes of it, and the next one is at hand', () => {
  const proposals = [1, 2, 3].map((id) => proposal(id, id / 10));
  const replay = new Replay({ annotations: proposals }).run('press Tab');
  const ready = replay.actions;
  replay.run('press a; press a; press shift+a');
  assert.equal(replay.actions - ready, 3);
  const states = [...replay.state.document.objects.values()].map(({ state }) => state);
  assert.ok(states.every((state) => state !== 'proposed'));
});
