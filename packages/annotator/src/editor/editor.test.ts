import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveStatus } from '../save/save-queue.ts';
import { cocoSegmentation } from '../save/server-edit.ts';
import type { ServerAnnotation } from '../save/server-object.ts';
import { sessionId } from '../testing/documents.ts';
import { discPicture } from '../testing/pictures.ts';
import { printObjects, Replay } from '../testing/replay.ts';
import { toolOf } from '../tools/tool-state.ts';
import { fromSnapshot, snapshotOf } from './snapshot.ts';
import { draft } from './state.ts';

const after = (script: string): string[] => printObjects(new Replay().run(script).state);

const proposal = (id: number, score: number): ServerAnnotation => ({
  id,
  categoryId: 1,
  bbox: [10 * id, 10, 8, 8],
  segmentation: null,
  keypoints: null,
  iscrowd: 0,
  area: 64,
  caption: null,
  attributes: {},
  score,
  origin: 'model cells@3',
  state: 'proposed',
  author: 'model',
  born: 50,
});

test('a box is one drag; the tool and the category stay', () => {
  assert.deepEqual(after('press r; drag 10,10 → 50,40; drag 60,10 → 70,30'), [
    '-1 cell box 10,10 40×30',
    '-2 cell box 60,10 10×20',
  ]);
});

test('a box can be two clicks, so that it can be as small as a pixel', () => {
  assert.deepEqual(after('press r; click 10,10; click 11,11'), ['-1 cell box 10,10 1×1']);
});

test('a number key changes the object that was just drawn and those to come', () => {
  assert.deepEqual(after('press r; drag 10,10 → 50,40; press 2; drag 60,10 → 70,30'), [
    '-1 plate box 10,10 40×30',
    '-2 plate box 60,10 10×20',
  ]);
});

test('a drag beyond the border ends at the border', () => {
  assert.deepEqual(after('press r; drag 90,70 → 180,-40'), ['-1 cell box 90,0 10×70']);
});

test('Escape takes back what is being drawn, and saves nothing', () => {
  const replay = new Replay().run('press r; click 10,10; move 40,40');
  assert.notEqual(draft(replay.state).marquee, null);
  replay.run('press Escape');
  assert.equal(draft(replay.state).marquee, null);
  assert.deepEqual(replay.server.requests, []);
});

test('a turned box is an edge and how far it reaches', () => {
  const { state } = new Replay().run('press shift+r; drag 20,20 → 60,50; click 50,65');
  const [object] = state.document.objects.values();
  assert.ok(Math.abs((object.attributes.rotation as number) - 36.87) < 0.01);
  assert.match(printObjects(state)[0], /^-1 cell polygon 4/);
  assert.ok(Math.abs(object.area! - 50 * 18) < 1);
});

test('a polygon is closed by a click on its first point, by Enter, or by a double click', () => {
  const expected = ['-1 cell polygon 3 10,10 30×30'];
  assert.deepEqual(after('press p; click 10,10; click 40,10; click 40,40; click 10,10'), expected);
  assert.deepEqual(after('press p; click 10,10; click 40,10; click 40,40; press Enter'), expected);
  assert.deepEqual(after('press p; click 10,10; click 40,10; doubleclick 40,40'), expected);
});

test('Backspace and undo take back the last point of a polygon', () => {
  assert.deepEqual(
    after(
      'press p; click 10,10; click 40,10; click 70,70; press Backspace; click 40,40; click 9,60; press mod+z; press n',
    ),
    ['-1 cell polygon 3 10,10 30×30'],
  );
});

test('a polygon follows the hand while the button is held', () => {
  const [line] = after(
    'press p; drag 10,10 → 20,10 → 30,12 → 40,20 → 40,40 → 20,40 → 10,30 → 10,10',
  );
  assert.match(line, /^-1 cell polygon [78] /);
});

test('Shift adds a part to the selected polygon, Ctrl cuts a hole', () => {
  const square = 'press p; click 10,10; click 50,10; click 50,50; click 10,50; press n';
  const part = 'click 70,10 +shift; click 90,10; click 90,30; press n';
  const hole = 'click 20,20 +mod; click 30,20; click 30,30; click 20,30; press n';
  assert.deepEqual(after(`${square}; ${part}; ${hole}`), ['-1 cell polygon 4−4 + 3 10,10 80×40']);
  assert.deepEqual(after(`${square}; ${hole}; press mod+z`), ['-1 cell polygon 4 10,10 40×40']);
});

test('a hole that reaches over the edge takes pixels away', () => {
  const square = 'press p; click 10,10; click 50,10; click 50,50; click 10,50; press n';
  const [line] = after(
    `${square}; click 40,20 +mod; click 60,20; click 60,40; click 40,40; press n`,
  );
  assert.equal(line, '-1 cell mask of 1400 10,10 40×40');
});

test('points snap to neighbours, and Alt lets them be', () => {
  const square = 'press p; click 10,10; click 50,10; click 50,50; click 10,50; press n';
  const next = new Replay().run(
    `${square}; click 50.4,10.3; click 80,10; click 80,50; click 50.4,50.2; press n`,
  );
  assert.equal(printObjects(next.state)[1], '-2 cell polygon 4 50,10 30×40');
  const free = new Replay().run(
    `${square}; click 50.4,10.3 +alt; click 80,10; click 80,50; press n`,
  );
  assert.equal(free.state.document.objects.get(-2)?.bbox?.[0], 50.4);
});

test('an outline that crosses itself is kept as drawn, and said to', () => {
  const replay = new Replay().run(
    'press p; click 10,10; click 30,30; click 30,10; click 10,30; press n',
  );
  const [object] = replay.state.document.objects.values();
  assert.deepEqual(replay.notices, ['crosses-itself']);
  assert.ok(object.area! > 150 && object.area! < 250, `${object.area}`);
});

test('strokes of the brush add to one object until it is finished', () => {
  const [first, second] = after(
    'press b; drag 20,20 → 40,20; drag 40,20 → 40,40; press n; click 80,60',
  );
  assert.match(first, /^-1 cell mask of \d+ 10,10 40×40$/);
  assert.match(second, /^-2 cell mask of \d+ 70,50 20×20$/);
});

test('a stroke outside the picture paints what is inside, or nothing', () => {
  assert.match(after('press b; drag -30,40 → 5,40')[0], /^-1 cell mask of \d+ 0,30 15×20$/);
  const nothing = new Replay().run('press b; drag -60,40 → -30,40');
  assert.deepEqual([printObjects(nothing.state), nothing.notices], [[], ['nothing-left']]);
});

test('the eraser takes from what lies under it, and what is empty goes', () => {
  const replay = new Replay().run(
    'press r; drag 10,10 → 40,40; press Escape; press v; press Escape',
  );
  replay.run('press e; drag 40,10 → 40,40');
  assert.equal(printObjects(replay.state)[0], '-1 cell mask of 600 10,10 20×30');
  replay.run('drag 10,10 → 10,40; drag 20,40 → 20,10');
  assert.deepEqual(printObjects(replay.state), []);
  replay.run('press mod+z; press mod+z; press mod+z');
  assert.deepEqual(printObjects(replay.state), ['-1 cell box 10,10 30×30']);
});

test('keypoints come one after the other, hidden with Shift, left out with a key', () => {
  const pose = 'press 3; press k; click 50,10; click 30,40 +shift; click 70,40';
  assert.deepEqual(after(pose), ['-1 person pose 212 30,10 40×30']);
  assert.deepEqual(after('press 3; press k; click 50,10; press .; click 70,40'), [
    '-1 person pose 202 50,10 20×30',
  ]);
});

test('after the last keypoint the next click begins another pose', () => {
  const pose = 'click 50,10; click 30,40; click 70,40';
  assert.equal(after(`press 3; press k; ${pose}; click 20,20`).length, 2);
  assert.deepEqual(after('press 3; press k; click 50,10; press n; click 20,20'), [
    '-1 person pose 200 50,10 0×0',
    '-2 person pose 200 20,20 0×0',
  ]);
});

test('a keypoint can be moved with its own tool and with the selection', () => {
  const pose = 'press 3; press k; click 50,10; click 30,40; click 70,40';
  assert.deepEqual(after(`${pose}; drag 70,40 → 60,60`), ['-1 person pose 222 30,10 30×50']);
  assert.deepEqual(after(`${pose}; press v; drag 70,40 → 60,60`), [
    '-1 person pose 222 30,10 30×50',
  ]);
  assert.deepEqual(after(`${pose}; press o`), ['-1 person pose 221 30,10 40×30']);
});

test('a category without keypoints has none to set', () => {
  assert.deepEqual(new Replay().run('press k; click 50,10').notices, [
    'category-without-keypoints',
  ]);
});

test('four extreme points make a box as long as the pixels are not there', () => {
  const replay = new Replay().run('press x; click 30,10; click 10,30; click 30,50; click 60,30');
  assert.deepEqual(printObjects(replay.state), ['-1 cell box 10,10 50×40']);
  assert.deepEqual(replay.notices, ['no-pixels']);
});

const withPixels = (): Replay =>
  new Replay().send({ type: 'pixels', pixels: discPicture(100, 80, 50, 40, 25, 6) });

test('four extreme points make a mask of what stands out', () => {
  const replay = withPixels().run('press x; click 50,15; click 25,40; click 50,65; click 75,40');
  const [object] = replay.state.document.objects.values();
  assert.ok(Math.abs(object.area! - Math.PI * 625) < 60, `${object.area}`);
  assert.deepEqual(replay.notices, []);
});

test('the wand takes a colour, Shift adds another and Ctrl takes one away', () => {
  const replay = withPixels().run('press w; click 50,40');
  const [area] = [...replay.state.document.objects.values()].map((object) => object.area!);
  assert.ok(Math.abs(area - Math.PI * 625) < 20);
  replay.run('click 2,2 +shift');
  assert.deepEqual(printObjects(replay.state), ['-1 cell mask of 8000 0,0 100×80']);
  replay.run('click 2,2 +mod');
  assert.equal(replay.state.document.objects.get(-1)?.area, area);
  replay.run('press Escape; click 2,2 +shift; click 200,2');
  assert.deepEqual([replay.notices, replay.state.document.objects.size], [['nothing-selected'], 1]);
  assert.deepEqual(new Replay().run('press w; click 2,2').notices, ['no-pixels']);
});

test('the scissors follow the edge from click to click, and Backspace takes a click back', () => {
  const around = 'click 50,15; click 75,40; click 50,65';
  const replay = withPixels().run(
    `press shift+p; ${around}; click 90,5; press Backspace; click 25,40; press n`,
  );
  const [object] = replay.state.document.objects.values();
  assert.ok(Math.abs(object.area! - Math.PI * 625) < 120, `${object.area}`);
  const closed = withPixels().run(`press shift+p; ${around}; click 25,40; click 50,15`);
  assert.equal(closed.state.document.objects.get(-1)?.area, object.area);
  assert.deepEqual(new Replay().run('press shift+p; click 2,2').notices, ['no-pixels']);
});

test('a line across the selected object makes two of it', () => {
  const box = 'press r; drag 10,10 → 50,30; press shift+y';
  assert.deepEqual(after(`${box}; drag 40,5 → 40,15`), [
    '-1 cell polygon 4 10,10 30×20',
    '-2 cell polygon 4 40,10 10×20',
  ]);
  const beside = new Replay().run(`${box}; drag 70,5 → 70,15; press Escape; drag 40,5 → 40,15`);
  assert.deepEqual(beside.notices, ['nothing-left', 'nothing-selected']);
});

test('the hand moves the view', () => {
  const replay = new Replay().run('press h');
  const before = replay.state.view;
  replay.run('drag 50,40 → 60,50');
  const { x, scale } = replay.state.view;
  assert.ok(Math.abs(x - before.x - 10 * scale) < 1e-6);
});

test('with the tag tool number keys say what the picture shows', () => {
  assert.deepEqual(after('press t; press 1; press 2; press 1'), ['-2 plate tag']);
});

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

test('shapes are united, subtracted, intersected and split again', () => {
  const two = 'press r; drag 10,10 → 30,30; drag 20,10 → 40,30; press mod+a';
  assert.deepEqual(after(`${two}; press u`), ['-1 cell polygon 4 10,10 30×20']);
  assert.deepEqual(after(`${two}; press shift+u`), ['-1 cell polygon 4 10,10 10×20']);
  assert.deepEqual(after(`${two}; press i`), ['-1 cell polygon 4 20,10 10×20']);
  const apart = 'press r; drag 10,10 → 20,20; drag 40,10 → 70,30; press mod+a; press u; press y';
  assert.deepEqual(after(apart), [
    '-1 cell polygon 4 40,10 30×20',
    '-3 cell polygon 4 10,10 10×10',
  ]);
});

test('boxes, polygons and masks turn into each other', () => {
  const box = 'press r; drag 10,10 → 30,30';
  assert.deepEqual(after(`${box}; press shift+b`), ['-1 cell mask of 400 10,10 20×20']);
  assert.deepEqual(after(`${box}; press shift+b; press shift+v`), [
    '-1 cell polygon 4 10,10 20×20',
  ]);
  assert.deepEqual(after(`${box}; press shift+b; press shift+x`), ['-1 cell box 10,10 20×20']);
  assert.deepEqual(after(`${box}; press c`), ['-1 cell mask of 400 10,10 20×20 crowd']);
});

test('copies stay in place, also in the next picture', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30; press mod+c; press mod+v');
  assert.deepEqual(printObjects(replay.state), [
    '-1 cell box 10,10 20×20',
    '-2 cell box 10,10 20×20',
  ]);
  const next = new Replay().send({
    type: 'paste',
    objects: replay.state.clipboard,
    from: { width: 200, height: 200 },
  });
  assert.deepEqual(printObjects(next.state), ['-1 cell box 10,10 20×20']);
});

test('proposals are accepted and rejected by a key each, the most doubtful first', () => {
  const replay = new Replay({
    annotations: [proposal(1, 0.9), proposal(2, 0.3), proposal(3, 0.5)],
  });
  replay.run('click 14,14; press a');
  assert.deepEqual(replay.state.selection, [2]);
  replay.run('press shift+a; press a');
  assert.deepEqual(
    [...replay.state.document.objects.values()].map(({ state, origin }) => `${state} ${origin}`),
    ['accepted model cells@3', 'rejected model cells@3', 'accepted model cells@3'],
  );
  assert.deepEqual(
    replay.server.requests.flatMap(({ edits }) => edits.map(({ type }) => type)),
    ['accept', 'reject', 'accept'],
  );
});

test('what a model proposed is a person’s own once it is changed, and undo gives it back', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.9)] }).run(
    'click 14,14; drag 14,14 → 24,14',
  );
  const [moved] = replay.state.document.objects.values();
  assert.deepEqual([moved.origin, moved.state, moved.score], ['human', 'accepted', null]);
  replay.run('press mod+z');
  const [back] = replay.state.document.objects.values();
  assert.deepEqual([back.origin, back.state, back.score], ['model cells@3', 'proposed', 0.9]);
  assert.deepEqual(replay.server.rows.get(1)?.origin, 'model cells@3');
});

test('the first edit begins the work on a picture, Ctrl+Enter ends it', () => {
  const picture = { id: 7, width: 100, height: 80, status: 'new' } as const;
  const replay = new Replay({ picture }).run('press r; drag 10,10 → 30,30');
  assert.equal(replay.server.status, 'in_progress');
  replay.run('press mod+Enter');
  assert.equal(replay.server.status, 'done');
  assert.deepEqual(replay.effects, [{ type: 'open-picture', which: 'next' }]);
});

test('zooming and panning change no object and what is drawn lands where the pointer is', () => {
  assert.deepEqual(
    after('wheel 50,40 -300; drag 50,40 → 55,45 +pan; press r; drag 50,40 → 60,50'),
    ['-1 cell box 50,40 10×10'],
  );
});

test('nothing is lost without network, and all is sent when it is back', () => {
  const replay = new Replay();
  replay.isOnline = false;
  replay.run('press r; drag 10,10 → 30,30; drag 40,10 → 50,20; press mod+z');
  assert.equal(saveStatus(replay.state.sync.queue), 'offline');
  assert.equal(replay.state.sync.queue.pending.length, 3);
  assert.ok(replay.effects.some(({ type }) => type === 'wake'));
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.equal(replay.server.rows.size, 1);
});

test('another person’s edit of the same object is a conflict until somebody chooses', () => {
  const replay = new Replay({
    annotations: [{ ...proposal(1, 0.9), state: 'accepted', origin: 'human' }],
  });
  replay.server.changeByOther(1, { bbox: [50, 50, 8, 8] });
  replay.run('click 14,14; drag 14,14 → 24,14');
  assert.equal(saveStatus(replay.state.sync.queue), 'conflict');
  assert.ok(replay.effects.some(({ type }) => type === 'reload'));
  const { revision } = replay.server;
  replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
  assert.equal(replay.state.sync.conflicts.size, 1);
  replay.send({ type: 'settle-conflict', id: 1, choice: 'mine' });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(replay.server.rows.get(1)?.bbox, [20, 10, 8, 8]);
});

test('where both deleted or did the same there is nothing to choose', () => {
  for (const [script, theirs] of [
    ['press Delete', null],
    ['press alt+ArrowRight', { bbox: [11, 10, 8, 8] as const }],
  ] as const) {
    const mine = { ...proposal(1, 0.9), state: 'accepted', origin: 'human' } as const;
    const replay = new Replay({ annotations: [mine, proposal(2, 0.5)] }).run('click 14,14');
    replay.server.changeByOther(1, theirs);
    replay.run(script);
    const { revision } = replay.server;
    replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
    assert.equal(replay.state.sync.conflicts.size, 0);
    assert.equal(saveStatus(replay.state.sync.queue), 'saved');
    assert.equal(replay.state.document.objects.size, replay.server.rows.size);
  }
});

test('what somebody else did while the page was closed is not overwritten after a reload', () => {
  const replay = new Replay({ annotations: [{ ...proposal(1, 0.9), origin: 'human' }] });
  replay.isOnline = false;
  replay.run('click 14,14; drag 14,14 → 24,14');
  const snapshot = structuredClone(snapshotOf(replay.state));
  replay.server.changeByOther(1, { categoryId: 2 });
  const { picture, categories } = replay.state.document;
  const annotations = [...replay.server.rows].map(([id, row]) => ({ id, ...row }));
  const canvas = { width: 1000, height: 800 };
  replay.state = fromSnapshot({ picture, categories, annotations, canvas, sessionId }, snapshot);
  assert.deepEqual(replay.state.document.objects.get(1)?.bbox, [20, 10, 8, 8]);
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'conflict');
  assert.equal(replay.server.rows.get(1)?.categoryId, 2);
});

test('a number key in the middle of drawing is for what is being drawn', () => {
  assert.deepEqual(
    after(
      'press r; drag 10,10 → 20,20; press p; click 50,10; click 90,10; press 2; click 90,50; press n',
    ),
    ['-1 cell box 10,10 10×10', '-2 plate polygon 3 50,10 40×40'],
  );
});

test('a verdict that is taken back leaves a proposal the model’s', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.9)] });
  replay.run('click 14,14; press shift+a; press mod+z; click 14,14; press a; press mod+z');
  const row = replay.server.rows.get(1)!;
  assert.deepEqual([row.origin, row.state, row.score], ['model cells@3', 'proposed', 0.9]);
});

test('undo does not take back what somebody else did since', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30');
  const [id] = replay.server.rows.keys();
  replay.send({ type: 'news', objects: [replay.server.changeByOther(id, { categoryId: 2 })] });
  replay.run('press mod+z');
  assert.deepEqual(replay.notices, ['undo-refused']);
  assert.deepEqual(printObjects(replay.state), ['-1 plate box 10,10 20×20']);
});

test('a category that is deleted while in use is told, and its objects stay', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30');
  const categories = replay.state.document.categories.slice(1);
  replay.send({ type: 'categories', categories });
  assert.deepEqual(replay.notices, ['category-gone']);
  assert.equal(replay.state.document.objects.get(-1)?.categoryId, 1);
  assert.equal(replay.state.settings.categoryId, 2);
});

test('what the server refuses for good can be given up, and the rest is saved', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.9)] });
  replay.isOnline = false;
  replay.run('click 14,14; drag 14,14 → 24,14; press Escape; press r; drag 50,50 → 60,60');
  replay.server.rows.delete(1);
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'refused');
  replay.send({ type: 'give-up-refused' });
  const { revision } = replay.server;
  replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(
    [...replay.server.rows.values()].map(({ bbox }) => bbox),
    [[50, 50, 10, 10]],
  );
});

test('the pointer taken away in the middle of a gesture leaves everything as it was', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30; press v; move 20,20');
  const before = replay.state.document;
  replay.send({ type: 'pointer-cancel' }).run('press b; move 5,5');
  assert.equal(replay.state.document, before);
  assert.equal(toolOf(replay.state.tool), 'brush');
});

test('every kind of shape reaches the server as it is in the document', () => {
  const replay = new Replay().run(`
    press r; drag 2,2 → 12,12; press shift+r; drag 20,20 → 40,30; click 30,40
    press p; click 50,10; click 90,10; click 90,50; click 50,50; press n
    click 60,20 +mod; click 70,20; click 70,30; click 60,30; press n
    press n; press b; drag 10,60 → 40,60; press n; press 3; press k; click 50,60; click 40,70; click 60,70
    press t; press 1; press c`);
  for (const object of replay.state.document.objects.values()) {
    const annotationId = replay.state.sync.identities.annotationIds.get(object.id)!;
    const row = replay.server.rows.get(annotationId)!;
    const coco = object.segmentation === null ? null : cocoSegmentation(object.segmentation);
    assert.deepEqual(
      [row.categoryId, row.bbox, row.segmentation, row.keypoints, row.area, row.attributes],
      [object.categoryId, object.bbox, coco, object.keypoints, object.area, object.attributes],
    );
  }
  assert.equal(replay.server.rows.size, 6);
});
