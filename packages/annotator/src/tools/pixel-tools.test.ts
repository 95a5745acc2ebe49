import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discPicture } from '../testing/pictures.ts';
import { printObjects, Replay } from '../testing/replay.ts';

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
