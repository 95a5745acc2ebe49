import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleArea, rleBbox } from '@migaki/coco';
import { draft } from '../editor/state.ts';
import { type PixelTask, runPixelTask, windowOf } from '../pixels/pixel-task.ts';
import { discPicture } from '../testing/pictures.ts';
import { printObjects, Replay } from '../testing/replay.ts';

const withPixels = (): Replay => new Replay().show(discPicture(100, 80, 50, 40, 25, 6));

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
  replay.run('press Escape; click 2,2 +mod; click 200,2');
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

test('who clicks on while pixels are looked at loses no click', () => {
  const replay = withPixels();
  replay.isPondering = true;
  replay.run('press w; click 50,40; click 2,2 +shift; click 50,40 +mod');
  assert.equal(replay.state.document.objects.size, 0);
  replay.answer().answer();
  assert.deepEqual(printObjects(replay.state), ['-1 cell mask of 8000 0,0 100×80']);
  replay.answer();
  const [object] = replay.state.document.objects.values();
  assert.ok(Math.abs(object.area! - (8000 - Math.PI * 625)) < 20);
  assert.equal(replay.state.tool.name, 'wand.idle');
});

test('extreme points of the next object may come before the last one is found', () => {
  const replay = withPixels();
  replay.isPondering = true;
  replay.run('press x; click 50,15; click 25,40; click 50,65; click 75,40; click 5,5; click 9,9');
  replay.answer();
  assert.equal(replay.state.document.objects.size, 1);
  replay.run('click 12,7; click 3,8').answer();
  assert.equal(replay.state.document.objects.size, 2);
});

test('scissors that are quicker than the search end up at the same outline', () => {
  const script = 'press shift+p; click 50,15; click 75,40; click 50,65; click 25,40; press n';
  const patient = withPixels().run(script);
  const hasty = withPixels();
  hasty.isPondering = true;
  hasty.run(script.replace('; press n', '; click 90,5; press Backspace; press n'));
  assert.deepEqual(draft(hasty.state).path.slice(0, 4), [50, 15, 75, 40]);
  for (let i = 0; i < 4; i++) hasty.answer();
  assert.deepEqual([...hasty.state.document.objects], [...patient.state.document.objects]);
});

test('an answer that comes after the tool was put away makes nothing', () => {
  const replay = withPixels();
  replay.isPondering = true;
  replay.run('press w; click 50,40; press Escape; press x').answer();
  assert.equal(replay.state.document.objects.size, 0);
  replay.run('press w; click 50,40; press Escape; click 2,2').answer();
  const [object] = replay.state.document.objects.values();
  assert.ok(object.area! > 4000);
});

test('a part of a picture gives the same as the whole', () => {
  const whole = discPicture(100, 80, 50, 40, 25, 6);
  const tasks: PixelTask[] = [
    {
      type: 'grab-cut',
      points: [
        [50, 15],
        [25, 40],
        [50, 65],
        [75, 40],
      ].map(([x, y]) => ({ x, y })),
    },
    { type: 'live-wire', seed: { x: 30, y: 40 }, reachPixels: 20 },
  ];
  for (const task of tasks) {
    const [left, top, width, height] = windowOf(task, whole)!;
    const rgba = new Uint8Array(4 * width * height);
    for (let row = 0; row < height; row++) {
      const from = 4 * ((top + row) * whole.width + left);
      rgba.set(whole.rgba.subarray(from, from + 4 * width), 4 * row * width);
    }
    const part = { left, top, width, height, rgba };
    assert.ok(width * height < 100 * 80);
    assert.deepEqual(
      runPixelTask(task, part, whole),
      runPixelTask(task, { ...whole, left: 0, top: 0 }, whole),
    );
  }
});

test('a colour that goes on beyond what was looked at is told to be cut', () => {
  const window = { ...discPicture(40, 30, 20, 15, 8), left: 10, top: 20 };
  const fill = (x: number, y: number) =>
    runPixelTask(
      { type: 'flood-fill', seed: { x, y }, threshold: 20, isContiguous: true, blurPixels: 0 },
      window,
      { width: 100, height: 80 },
    );
  const disc = fill(30, 35);
  assert.ok(disc.type === 'mask' && !disc.isCut);
  assert.deepEqual(rleBbox(disc.rle), [22, 27, 16, 16]);
  const ground = fill(11, 21);
  assert.ok(ground.type === 'mask' && ground.isCut);
  assert.equal(rleArea(ground.rle) + rleArea(disc.rle), 40 * 30);
});
