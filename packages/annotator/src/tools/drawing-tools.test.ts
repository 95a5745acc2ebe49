import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft } from '../editor/state.ts';
import { proposal } from '../testing/documents.ts';
import { after, printObjects, Replay } from '../testing/replay.ts';
import { isDrawing } from './tool-state.ts';

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

test('a hole that reaches over the edge takes away what it covers, and leaves a polygon', () => {
  const square = 'press p; click 10,10; click 50,10; click 50,50; click 10,50; press n';
  const [line] = after(
    `${square}; click 40,20 +mod; click 60,20; click 60,40; click 40,40; press n`,
  );
  assert.equal(line, '-1 cell polygon 8 10,10 40×40');
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

const outlines = ({ state }: Replay, id = -1) => {
  const segmentation = state.document.objects.get(id)?.segmentation;
  assert.equal(segmentation?.type, 'polygons');
  return segmentation.regions.map(({ outer }) =>
    Array.from({ length: outer.length / 2 }, (_, i) => `${outer[2 * i]},${outer[2 * i + 1]}`),
  );
};

test('a polygon that leaves the picture is cut at the border, where its sides keep their direction', () => {
  const replay = new Replay().run(
    'press p; click 80,20; click 90,20; click 140,70; click 80,70; press n',
  );
  // Clamped to 100,70 the long side would be another one.
  assert.deepEqual(outlines(replay)[0].toSorted(), ['100,30', '100,70', '80,20', '80,70', '90,20']);
  assert.deepEqual(printObjects(replay.run('press mod+z').state), []);
  assert.deepEqual(replay.server.rows.size, 0);
});

test('what is cut at the border keeps points on straight sides, and may be several parts or a crossing line', () => {
  const straight = new Replay().run(
    'press p; click 80,20; click 85,20; click 120,20; click 80,60; press n',
  );
  assert.ok(outlines(straight)[0].includes('85,20'));
  const twice = new Replay().run(
    'press p; click 90,10; click 150,10; click 150,70; click 90,70; click 90,60; click 130,60; click 130,20; click 90,20; press n',
  );
  assert.equal(outlines(twice).length, 2);
  const crossing = new Replay().run(
    'press p; click 60,10; click 120,70; click 120,10; click 60,70; press n',
  );
  assert.ok(Math.abs(crossing.state.document.objects.get(-1)!.area! - 1000) < 1);
});

test('a turned box over the border keeps its angle there, and is a polygon', () => {
  const replay = new Replay().run('press shift+r; drag 80,20 → 120,60; click 100,80');
  const [outline] = outlines(replay);
  // Its sides run at 45°; corners moved to the border would bend them.
  assert.deepEqual(outline.toSorted(), ['100,40', '100,80', '80,20', '60,40'].toSorted());
  assert.deepEqual(replay.state.document.objects.get(-1)?.attributes, {});
});

test('parts and holes that leave the picture are cut like what they belong to', () => {
  const square = 'press p; click 50,10; click 90,10; click 90,50; click 50,50; press n';
  const part = new Replay().run(
    `${square}; click 80,60 +shift; click 140,60; click 140,70; click 80,70; press n`,
  );
  assert.deepEqual(printObjects(part.state), ['-1 cell polygon 4 + 4 50,10 50×60']);
  const hole = new Replay().run(
    `${square}; click 70,20 +mod; click 130,20; click 130,40; click 70,40; press n`,
  );
  assert.equal(hole.state.document.objects.get(-1)?.area, 1200);
});

test('what was drawn beside the picture alone is nothing, and can be gone on with', () => {
  const replay = new Replay().run(
    'press p; click 120,10; click 140,10; click 140,40; press Enter; click 50,40; press Enter',
  );
  assert.deepEqual(replay.notices, ['nothing-left']);
  assert.equal(replay.state.document.objects.size, 1);
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
    '-1 person pose 200 49,9 1×1',
    '-2 person pose 200 19,19 1×1',
  ]);
});

test('what is left out of one pose is not left out of the next', () => {
  const first = 'click 50,10; press .; click 70,40';
  assert.deepEqual(after(`press 3; press k; ${first}; click 20,20; click 20,60; click 40,60`), [
    '-1 person pose 202 50,10 20×30',
    '-2 person pose 222 20,20 20×40',
  ]);
  assert.deepEqual(after('press 3; press k; press .; click 50,10'), [
    '-1 person pose 020 49,9 1×1',
  ]);
});

test('Backspace takes keypoints back, one after the other, and those that were left out', () => {
  const replay = new Replay().run('press 3; press k; click 50,10; press .; click 30,40');
  const back = (keys = 'press Backspace') => printObjects(replay.run(keys).state);
  assert.deepEqual(back(), ['-1 person pose 200 49,9 1×1']);
  // The point that was left out is the next again.
  assert.deepEqual(back('press Backspace; click 70,40'), ['-1 person pose 220 50,10 20×30']);
  // What was set is undone, and can be made again; another step of undo is none of a point.
  assert.deepEqual(back('press Backspace; press mod+shift+z'), ['-1 person pose 220 50,10 20×30']);
  assert.deepEqual(back('press Backspace; press Backspace'), []);
  assert.deepEqual(back('press mod+shift+z'), ['-1 person pose 200 49,9 1×1']);
  assert.deepEqual(back('press n; press Backspace'), ['-1 person pose 200 49,9 1×1']);
  assert.deepEqual(replay.notices, ['nothing-to-undo']);
});

test('Backspace takes points of a pose that came from elsewhere, the last one with the pose', () => {
  const pose = { ...proposal(1, 0.5), categoryId: 3, keypoints: [20, 10, 2, 0, 0, 0, 30, 40, 1] };
  const drawn = new Replay({ annotations: [{ ...pose, bbox: [20, 10, 10, 30] }] });
  drawn.run('press k; press Tab; press Backspace');
  assert.deepEqual(printObjects(drawn.state), ['1 person pose 200 19,9 1×1']);
  assert.deepEqual(printObjects(drawn.run('press Backspace').state), []);
  assert.deepEqual(printObjects(drawn.run('press mod+z; press mod+z').state).length, 1);
  // A box that somebody drew stays.
  const boxed = new Replay({ annotations: [{ ...pose, bbox: [5, 5, 60, 60] }] });
  boxed.run('press k; press Tab; press Backspace; press Backspace');
  const { bbox, keypoints } = boxed.state.document.objects.get(1)!;
  assert.deepEqual([bbox, keypoints], [[5, 5, 60, 60], Array(9).fill(0)]);
});

test('with Alt a keypoint can be set right beside another', () => {
  assert.deepEqual(after('press 3; press k; click 50,10; click 50.2,10.2 +alt'), [
    '-1 person pose 220 49.2,9.2 1×1',
  ]);
});

test('a pose of one point, or of points in a line, has a box with sides, inside the picture', () => {
  const ofPoints = (...points: string[]) =>
    after(`press 3; press k; ${points.map((at) => `click ${at}`).join('; ')}`)[0];
  assert.equal(ofPoints('50,10'), '-1 person pose 200 49,9 1×1');
  assert.equal(ofPoints('0,0'), '-1 person pose 200 0,0 1×1');
  assert.equal(ofPoints('100,80'), '-1 person pose 200 99,79 1×1');
  assert.equal(ofPoints('20,10', '20,40'), '-1 person pose 220 19,10 1×30');
  // It follows its points, also where it came without a width from somewhere else.
  const annotations = [
    { ...proposal(1, 0.5), categoryId: 3, bbox: [20, 10, 0, 30] as const, score: null },
  ].map((each) => ({ ...each, keypoints: [20, 10, 2, 20, 40, 2, 0, 0, 0] }));
  const replay = new Replay({ annotations }).run('press k; drag 20,40 → 30,40');
  assert.equal(printObjects(replay.state)[0], '1 person pose 220 20,10 10×30');
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

test('a number key in the middle of drawing is for what is being drawn', () => {
  assert.deepEqual(
    after(
      'press r; drag 10,10 → 20,20; press p; click 50,10; click 90,10; press 2; click 90,50; press n',
    ),
    ['-1 cell box 10,10 10×10', '-2 plate polygon 3 50,10 40×40'],
  );
});

test('a turned box that is painted on or cut is none any more', () => {
  const box = 'press shift+r; drag 20,20 → 60,20; click 60,40';
  const rotationAfter = (script: string) =>
    new Replay().run(`${box}; ${script}`).state.document.objects.get(-1)?.attributes.rotation;
  assert.equal(rotationAfter('press v; drag 40,30 → 45,35'), 0);
  assert.equal(rotationAfter('press e; drag 20,20 → 20,40'), undefined);
  const hole = 'press p; click 30,25 +mod; click 50,25; click 50,35; click 30,35; press n';
  assert.equal(rotationAfter(hole), undefined);
});

test('undo takes back what is done also with extreme points in hand', () => {
  const replay = new Replay().run('press r; drag 10,10 → 20,20; press x; click 50,50; press mod+z');
  assert.equal(replay.state.document.objects.size, 1);
  assert.equal(replay.run('press mod+z').state.document.objects.size, 0);
});

test('nothing snaps to what is hidden', () => {
  const hidden = 'press r; drag 10,10 → 50,50; press s; press Escape; drag 50.4,50.3 → 80,70';
  assert.equal(after(hidden)[1], '-2 cell box 50.4,50.3 29.6×19.7');
});

test('with the tag tool number keys say what the picture shows', () => {
  assert.deepEqual(after('press t; press 1; press 2; press 1'), ['-2 plate tag']);
});

test('the pointer taken away in the middle of a gesture leaves everything as it was', () => {
  for (const gesture of [
    'press r; hold 50,50 → 70,70',
    'press b; hold 50,50 → 70,70',
    'press v; hold 20,20 → 30,30',
    'press v; hold 30,30 → 50,50',
    'press v; hold 70,70 → 5,5',
    'press shift+y; hold 20,0 → 20,50',
    'press p; hold 50,50 → 70,70',
  ]) {
    const replay = new Replay().run('press r; drag 10,10 → 30,30');
    const before = replay.state.document;
    replay.run(gesture).send({ type: 'pointer-cancel' });
    assert.equal(replay.state.document, before, gesture);
    assert.equal(isDrawing(replay.state.tool), false, gesture);
  }
});

test('two fingers in the middle of a polygon take back just what the first of them did', () => {
  const replay = new Replay().run('press p; click 10,10; click 40,10; hold 60,60 → 70,70');
  replay.send({ type: 'pointer-cancel' });
  replay.run('click 40,40; press n');
  assert.deepEqual(printObjects(replay.state), ['-1 cell polygon 3 10,10 30×30']);
});
