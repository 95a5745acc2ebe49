import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Segmentation } from '../../document/annotation-object.ts';
import { draft } from '../../editor/state.ts';
import { rotatedBoxOf } from '../../geometry/rotated-box.ts';
import { after, printObjects, Replay } from '../../testing/replay.ts';

test('objects are moved as far as the border, several together', () => {
  const two = 'press r; drag 10,10 → 20,20; drag 40,10 → 50,20; press v';
  assert.deepEqual(after(`${two}; drag 45,15 → 55,25`), [
    '-1 cell box 10,10 10×10',
    '-2 cell box 50,20 10×10',
  ]);
  assert.deepEqual(after(`${two}; press mod+a; drag 45,15 → 5,300`), [
    '-1 cell box 0,70 10×10',
    '-2 cell box 30,70 10×10',
  ]);
});

test('masks are moved by whole pixels and keep every one', () => {
  const [before, later] = [
    after('press b; click 30,30'),
    after('press b; click 30,30; press v; drag 30,30 → 45.4,41.8'),
  ];
  assert.match(before[0], /^-1 cell mask of (\d+) 20,20 20×20$/);
  assert.equal(later[0], before[0].replace('20,20 20', '35,31 20'));
});

test('handles resize boxes, polygons and masks', () => {
  const box = 'press r; drag 10,10 → 30,30; press v';
  assert.deepEqual(after(`${box}; drag 30,30 → 50,40`), ['-1 cell box 10,10 40×30']);
  assert.deepEqual(after(`${box}; drag 10,20 → 20,25`), ['-1 cell box 20,10 10×20']);
  const [line] = after('press b; click 30,30; press v; drag 40,40 → 60,60');
  assert.match(line, /^-1 cell mask of 1[12]\d\d 20,20 40×40$/);
});

test('polygons and turned boxes are turned by the handle above them, boxes and masks are not', () => {
  // The canvas shows 9.6 pixels for each of the picture's: the handle stands 2.5 above.
  const polygon = 'press p; click 20,30; click 60,30; click 60,50; click 20,50; press n; press v';
  assert.deepEqual(after(`${polygon}; drag 40,27.5 → 60,40`), ['-1 cell polygon 4 30,20 20×40']);
  const turned = new Replay().run(
    'press shift+r; drag 20,30 → 60,30; click 60,50; press v; drag 40,27.5 → 60,40',
  );
  assert.deepEqual(printObjects(turned.state), ['-1 cell polygon 4 30,20 20×40']);
  assert.equal(turned.state.document.objects.get(-1)?.attributes.rotation, 90);
  const box = 'press r; drag 20,30 → 60,50; press v; press Escape; click 40,40';
  assert.deepEqual(after(`${box}; drag 40,27.5 → 60,40`), ['-1 cell box 20,30 40×20']);
});

test('a turned box keeps its angle when a handle is pulled, and stays whole at the border', () => {
  const replay = new Replay().run(
    'press shift+r; drag 30,20 → 60,50; click 50,60; press v; drag 45,35 → 49,31',
  );
  const box = rotatedBoxOf(replay.state.document.objects.get(-1)!)!;
  assert.ok(Math.abs(box.degrees - 45) < 0.01 && Math.abs(box.width - 42.4) < 0.1);
  const before = printObjects(replay.state);
  replay.run('drag 50,60 → 300,400');
  assert.deepEqual(printObjects(replay.state), before);
});

test('Escape in the middle of a move, a stretch or a turn leaves the object as it was', () => {
  const square = 'press p; click 20,30; click 60,30; click 60,50; click 20,50; press n; press v';
  for (const [from, to] of [
    ['40,40', '50,45'],
    ['40,27.5', '60,40'],
    ['20,30', '10,20'],
    ['40,50', '40,70'],
  ]) {
    const replay = new Replay().run(square);
    const before = replay.state.document;
    replay.run(`hold ${from} → ${to}`);
    assert.notDeepEqual(draft(replay.state).objects, []);
    replay.run('press Escape');
    assert.equal(replay.state.document, before);
    assert.deepEqual(draft(replay.state).objects, []);
  }
});

test('an object as small as its handles can still be moved', () => {
  const small = 'press r; drag 40,40 → 41,41; press v';
  assert.deepEqual(after(`${small}; drag 40.5,40.5 → 60.5,50.5`), ['-1 cell box 60,50 1×1']);
  assert.deepEqual(after(`${small}; drag 41.1,41.1 → 44,44`), ['-1 cell box 40,40 4×4']);
});

test('points of polygons are moved, put in and taken out', () => {
  const square = 'press p; click 10,10; click 50,10; click 50,50; click 10,50; press n; press v';
  assert.deepEqual(after(`${square}; drag 50,50 → 60,60`), ['-1 cell polygon 4 10,10 50×50']);
  assert.deepEqual(after(`${square}; drag 40,10 → 40,2`), ['-1 cell polygon 5 10,2 40×48']);
  assert.deepEqual(after(`${square}; click 50,50 +alt`), ['-1 cell polygon 3 10,10 40×40']);
  assert.deepEqual(after(`${square}; click 50,50; press Delete`), [
    '-1 cell polygon 3 10,10 40×40',
  ]);
  assert.deepEqual(after(`${square}; press Escape; click 30,30; press Delete`), []);
});

test('a click goes on to what lies below', () => {
  const two = new Replay().run(
    'press r; drag 5,5 → 60,60; drag 20,20 → 40,40; press v; press Escape',
  );
  assert.deepEqual(two.run('click 30,30').state.selection, [-2]);
  assert.deepEqual(two.run('click 30,30').state.selection, [-1]);
  assert.deepEqual(two.run('click 30,30').state.selection, [-2]);
});

test('a click on one of several selected selects that one, whatever lies below', () => {
  const two = 'press r; drag 5,5 → 60,60; drag 20,20 → 40,40; drag 70,10 → 80,20; press v';
  const replay = new Replay().run(`${two}; press mod+a; click 30,30`);
  assert.deepEqual(replay.state.selection, [-2]);
});

test('a point that was chosen before the shape changed is not taken for another', () => {
  const shape =
    'press p; click 10,10; click 30,10.4; click 50,10; click 50,50; click 10,50; press n; press v';
  const replay = new Replay().run(`${shape}; click 50,50; press m; press Delete`);
  assert.deepEqual(printObjects(replay.state), []);
  assert.deepEqual(printObjects(replay.run('press mod+z').state), [
    '-1 cell polygon 4 10,10 40×40',
  ]);
});

test('a point that is dragged out of the picture takes its sides along as far as the border', () => {
  const square = 'press p; click 60,10; click 90,10; click 90,50; click 60,50; press n; press v';
  const replay = new Replay().run(square);
  replay.run('hold 90,50 → 120,50');
  // Seen while it is dragged.
  assert.deepEqual(draft(replay.state).objects[0].bbox, [60, 10, 40, 40]);
  replay.run('drag 90,50 → 120,50');
  const [{ outer }] = (
    replay.state.document.objects.get(-1)!.segmentation as Segmentation & { type: 'polygons' }
  ).regions;
  const points = Array.from({ length: outer.length / 2 }, (_, i) => [
    outer[2 * i],
    outer[2 * i + 1],
  ]);
  assert.ok(
    points.some(([x, y]) => x === 100 && y === 23.33),
    `${points}`,
  );
  assert.equal(points.length, 5);
  replay.run('press mod+z');
  assert.deepEqual(printObjects(replay.state), ['-1 cell polygon 4 60,10 30×40']);
});

test('Alt-click takes no triangle away, be it an object, a part or a hole; Delete does, and undo brings it back', () => {
  const triangle = 'press p; click 10,10; click 60,10; click 10,60; press n';
  const hole = 'click 15,15 +mod; click 30,15; click 15,30; press n';
  const part = 'click 70,70 +shift; click 90,70; click 90,50; press n';
  const all = '-1 cell polygon 3−3 + 3 10,10 80×60';
  const replay = new Replay().run(`${triangle}; ${hole}; ${part}; press v`);
  for (const [at, left] of [
    ['30,15', '-1 cell polygon 3 + 3 10,10 80×60'],
    ['90,50', '-1 cell polygon 3−3 10,10 50×50'],
    ['60,10', '-1 cell polygon 3 70,50 20×20'],
  ]) {
    replay.run(`click ${at} +alt`);
    assert.equal(replay.notices.at(-1), 'three-points');
    assert.deepEqual(printObjects(replay.state), [all]);
    replay.run('press Delete');
    assert.deepEqual(printObjects(replay.state), [left]);
    replay.run('press mod+z');
    assert.deepEqual(printObjects(replay.state), [all]);
  }
  const alone = new Replay().run(`${triangle}; press v; click 60,10 +alt`);
  assert.deepEqual(printObjects(alone.state), ['-1 cell polygon 3 10,10 50×50']);
  assert.deepEqual(printObjects(alone.run('press Delete').state), []);
});

test('Alt-click where no point is says so, and chooses nothing else; a drag with Alt moves', () => {
  const replay = new Replay().run('press r; drag 5,5 → 90,90; drag 10,10 → 50,50; press v');
  replay.run('click 30,30 +alt');
  assert.deepEqual([replay.notices, replay.state.selection], [['no-point'], [-2]]);
  replay.run('drag 30,30 → 40,30 +alt');
  assert.deepEqual(replay.notices, ['no-point']);
  assert.deepEqual(printObjects(replay.state)[1], '-2 cell box 20,10 40×40');
  // What is not selected yet is selected.
  replay.run('press Escape; click 30,30 +alt');
  assert.deepEqual([replay.notices, replay.state.selection], [['no-point'], [-2]]);
});

test('Shift and a frame select several', () => {
  const three =
    'press r; drag 5,5 → 15,15; drag 25,5 → 35,15; drag 60,60 → 70,70; press v; press Escape';
  const replay = new Replay().run(`${three}; click 10,10; click 30,10 +shift`);
  assert.deepEqual(replay.state.selection, [-1, -2]);
  assert.deepEqual(replay.run('click 10,10 +shift').state.selection, [-2]);
  assert.deepEqual(
    replay.run('press Escape; drag 2,2 → 40,20').state.selection.toSorted(),
    [-1, -2],
  );
});

test('what is locked or hidden is left alone', () => {
  const replay = new Replay().run(
    'press r; drag 10,10 → 30,30; press l; press v; drag 20,20 → 40,40',
  );
  assert.deepEqual(printObjects(replay.state), ['-1 cell box 10,10 20×20']);
  replay.run('press Tab; press Delete');
  assert.deepEqual([printObjects(replay.state).length, replay.notices], [1, ['object-locked']]);
  replay.run('press l; press s; press Escape; click 20,20');
  assert.deepEqual(replay.state.selection, []);
  replay.run('press shift+s; click 20,20');
  assert.deepEqual(replay.state.selection, [-1]);
});

test('who clicks where a line is to be dragged, or has no shape to cut, is told what to do', () => {
  const clicked = new Replay().run(
    'press r; drag 10,10 → 50,30; press shift+y; click 30,20; click 40,20; drag 30.4,20.4 → 30.6,20.6',
  );
  assert.deepEqual(clicked.notices, ['drag-across', 'drag-across', 'drag-across']);
  assert.deepEqual(printObjects(clicked.state), ['-1 cell box 10,10 40×20']);
  const tag = new Replay().run('press t; press 1; press shift+y');
  tag.send({ type: 'select', ids: [-1] }).run('drag 10,25 → 60,25');
  assert.deepEqual(tag.notices, ['not-possible-for-shape']);
});

test('a line across the selected object makes two of it', () => {
  const box = 'press r; drag 10,10 → 50,30; press shift+y';
  assert.deepEqual(after(`${box}; drag 40,5 → 40,15`), [
    '-1 cell polygon 4 10,10 30×20',
    '-2 cell polygon 4 40,10 10×20',
  ]);
  const beside = new Replay().run(`${box}; drag 70,5 → 70,15; press Escape; drag 40,5 → 40,15`);
  assert.deepEqual(beside.notices, ['drag-across', 'nothing-selected']);
});
