// What does not come by pointers and tools: lists and panels beside the picture, the canvas itself, settings.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withKeypointVisibility } from '../operations/pose.ts';
import { proposal } from '../testing/documents.ts';
import { discPicture } from '../testing/pictures.ts';
import { printObjects, Replay } from '../testing/replay.ts';
import { fitView, visibleBox } from '../view/view.ts';
import { upcomingKeypoint } from './state.ts';

const withBoxes = (): Replay => new Replay().run('press r; drag 10,10 → 20,20; drag 40,10 → 60,20');

test('the list of objects selects, hides and locks', () => {
  const replay = withBoxes().send({ type: 'select', ids: [-1, 99] });
  assert.deepEqual(replay.state.selection, [-1]);
  replay.send({ type: 'set-hidden', ids: [-2], value: true });
  replay.run('press v; press Escape; click 50,15');
  assert.deepEqual(replay.state.selection, []);
  replay.send({ type: 'set-hidden', ids: [-2], value: false });
  replay.send({ type: 'set-locked', ids: [-2], value: true });
  assert.deepEqual(replay.run('click 50,15').state.selection, []);
});

test('a panel changes objects that need not be selected', () => {
  const replay = withBoxes().send({
    type: 'set-fields',
    ids: [-1],
    fields: { attributes: { occluded: true }, categoryId: 2 },
    label: 'attributes',
  });
  const object = replay.state.document.objects.get(-1);
  assert.deepEqual([object?.attributes, object?.categoryId], [{ occluded: true }, 2]);
  assert.deepEqual(replay.state.selection, [-2]);
  assert.deepEqual(replay.server.rows.get(1000)?.attributes, { occluded: true });
});

test('a caption is about the picture, and an empty one is none', () => {
  const replay = new Replay().send({ type: 'add-caption', caption: ' Two cells. ' });
  replay.send({ type: 'add-caption', caption: '  ' });
  assert.deepEqual(printObjects(replay.state), ['-1 none caption Two cells.']);
  replay.run('press mod+a; press Tab; press 2');
  assert.deepEqual(printObjects(replay.state), ['-1 none caption Two cells.']);
});

test('a category that is gone cannot be chosen', () => {
  const replay = withBoxes().send({ type: 'choose-category', categoryId: 99 });
  assert.deepEqual(replay.notices, ['category-gone']);
  replay.send({ type: 'choose-category', categoryId: 3 });
  assert.equal(replay.state.settings.categoryId, 3);
});

test('a larger canvas keeps what is in its middle', () => {
  const replay = withBoxes().run('wheel 50,40 -300');
  const middle = () => {
    const { view, canvas } = replay.state;
    return [(canvas.width / 2 - view.x) / view.scale, (canvas.height / 2 - view.y) / view.scale];
  };
  const before = middle();
  replay.send({ type: 'resize-canvas', canvas: { width: 1400, height: 500 } });
  middle().forEach((value, i) => {
    assert.ok(Math.abs(value - before[i]) < 1e-9);
  });
});

test('the whole picture stays in sight on a canvas of another size', () => {
  const replay = withBoxes().run('press 0');
  for (const canvas of [
    { width: 300, height: 700 },
    { width: 1400, height: 500 },
  ]) {
    replay.send({ type: 'resize-canvas', canvas });
    const { view, document } = replay.state;
    assert.deepEqual(view, fitView(document.picture, canvas));
  }
});

test('keys zoom to the whole, to the object and step by step', () => {
  const replay = withBoxes().run('press z');
  const { document, canvas } = replay.state;
  const seen = visibleBox(replay.state.view, document.picture, canvas)!;
  assert.ok(seen[0] <= 40 && seen[0] + seen[2] >= 60 && seen[2] < 60);
  replay.run('press 0');
  const whole = replay.state.view;
  assert.deepEqual(visibleBox(whole, document.picture, canvas), [0, 0, 100, 80]);
  replay.run('press +; press -');
  assert.ok(Math.abs(replay.state.view.scale - whole.scale) < 1e-9);
  assert.deepEqual(replay.run('press Escape; press z').notices, ['nothing-selected']);
});

test('two fingers zoom, and a double click shows all again', () => {
  const replay = withBoxes();
  const { view } = replay.state;
  replay.send({
    type: 'pinch',
    before: [
      { x: 400, y: 400 },
      { x: 600, y: 400 },
    ],
    after: [
      { x: 300, y: 400 },
      { x: 700, y: 400 },
    ],
  });
  assert.ok(Math.abs(replay.state.view.scale - 2 * view.scale) < 1e-9);
  replay.run('press v; doubleclick 50,60');
  assert.deepEqual(replay.state.view, view);
});

test('settings and keys change while people work', () => {
  const replay = new Replay().run('press b; press ]; press ]; press [');
  assert.equal(replay.state.settings.brush.sizePixels, 22);
  replay.send({ type: 'set-settings', settings: { brush: { shape: 'square', sizePixels: 10 } } });
  replay.run('click 50,40');
  assert.deepEqual(printObjects(replay.state), ['-1 cell mask of 100 45,35 10×10']);
  replay.send({ type: 'set-keymap', keymap: { preset: 'coco-annotator', own: {} } });
  replay.run('press v; click 10,10; click 30,10; click 30,30; press Enter');
  assert.equal(printObjects(replay.state)[1], '-2 cell polygon 3 10,10 20×20');
});

test('settings that make no sense are kept within what the tools can do', () => {
  const replay = new Replay().send({
    type: 'set-settings',
    settings: {
      brush: { shape: 'round', sizePixels: Number.NaN },
      wand: { mode: 'new', threshold: 999, isContiguous: true, blurPixels: 1e9 },
      tolerancePixels: -1,
    },
  });
  const { brush, wand, tolerancePixels } = replay.state.settings;
  assert.deepEqual(
    [brush.sizePixels, wand.threshold, wand.blurPixels, tolerancePixels],
    [20, 255, 50, 0],
  );
});

test('pixels of another size than the picture’s are not worked with', () => {
  const replay = new Replay().show(discPicture(50, 40, 25, 20, 9));
  assert.deepEqual([replay.notices, replay.state.hasPixels], [['other-size'], false]);
});

test('the person is told which keypoint comes next', () => {
  const replay = new Replay().run('press 3; press k');
  const names = ['click 50,10', 'press .', 'click 70,40', 'press 1'].map((step) => {
    const name = upcomingKeypoint(replay.state);
    replay.run(step);
    return name;
  });
  assert.deepEqual(names, ['head', 'left hand', 'right hand', 'head']);
  assert.equal(upcomingKeypoint(replay.state), null);
});

test('what the editor cannot do itself it asks the app for', () => {
  const replay = new Replay().run('press d; press f; press g; press mod+d; press ?');
  assert.deepEqual(replay.effects, [
    { type: 'open-picture', which: 'previous' },
    { type: 'open-picture', which: 'next' },
    { type: 'open-picture', which: 'next-doubtful' },
    { type: 'copy-from', which: 'previous' },
    { type: 'show-help' },
  ]);
});

test('work time counts what a hand does, not what the server says', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.5)] }).run(
    'press r; drag 40,40 → 60,60; press n',
  );
  assert.equal(replay.state.workTime.pictureMillis, 200);
  assert.deepEqual([...replay.state.workTime.objectMillis], [[-1, 100]]);
});

test('points of a pose are hidden, seen and taken away from the list', () => {
  const replay = new Replay().run('press 3; press k; click 50,10; click 30,40; click 70,40');
  const pose = () => replay.state.document.objects.get(-1)!;
  const set = (index: number, visibility: 0 | 1 | 2) =>
    replay.send({
      type: 'set-keypoints',
      id: -1,
      keypoints: withKeypointVisibility(pose().keypoints!, index, visibility),
    });
  set(1, 1);
  set(2, 0);
  assert.deepEqual(pose().keypoints, [50, 10, 2, 30, 40, 1, 0, 0, 0]);
  assert.deepEqual(pose().bbox, [30, 10, 20, 30]);
  assert.deepEqual(replay.state.selection, [-1]);
});

test('lists tag the picture and delete, whatever the tool and the selection are', () => {
  const replay = withBoxes().send({ type: 'toggle-tag', categoryId: 2 });
  replay.send({ type: 'select', ids: [-1] }).send({ type: 'delete', ids: [-2, -3] });
  assert.deepEqual(
    [printObjects(replay.state), replay.state.selection],
    [['-1 cell box 10,10 10×10'], [-1]],
  );
  replay.run('press mod+z').send({ type: 'toggle-tag', categoryId: 2 });
  assert.equal(replay.state.document.objects.size, 2);
});
