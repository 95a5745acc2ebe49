import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canPropagate } from '../../save/propagate.ts';
import { categories, proposal } from '../../testing/documents.ts';
import { after, printObjects, Replay } from '../../testing/replay.ts';
import { defaultLook, isTrue } from '../../view/look.ts';

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

test('a crowd stays a mask, as COCO has it, and it is told how it becomes a polygon', () => {
  const crowd = 'press r; drag 10,10 → 30,30; press c';
  const replay = new Replay().run(`${crowd}; press shift+v`);
  assert.deepEqual(replay.notices, ['crowd-is-mask']);
  assert.deepEqual(printObjects(replay.state), ['-1 cell mask of 400 10,10 20×20 crowd']);
  assert.deepEqual(after(`${crowd}; press c; press shift+v`), ['-1 cell polygon 4 10,10 20×20']);
  // Of several the others become polygons.
  assert.deepEqual(after(`${crowd}; press r; drag 40,10 → 60,30; press mod+a; press shift+v`), [
    '-1 cell mask of 400 10,10 20×20 crowd',
    '-2 cell polygon 4 40,10 20×20',
  ]);
});

test('fewer points are for polygons: with a mask or a box it is told what to do', () => {
  const box = 'press r; drag 10,10 → 30,30';
  assert.deepEqual(new Replay().run(`${box}; press m`).notices, ['no-polygon']);
  assert.deepEqual(new Replay().run(`${box}; press shift+b; press m`).notices, ['no-polygon']);
  assert.deepEqual(new Replay().run(`${box}; press shift+v; press m`).notices, []);
});

test('a pose of one point has no box to become', () => {
  const replay = new Replay().run('press 3; press k; click 5,5; press shift+x');
  assert.deepEqual(replay.notices, ['not-possible-for-shape']);
});

const beast = {
  ...categories[2],
  id: 4,
  name: 'beast',
  keypoints: ['tail', 'head', 'left hand', 'paw'],
  skeleton: null,
};

test('another category takes the keypoints of the same names along, names the others, and undo brings them back', () => {
  const pose = 'press 3; press k; click 50,10; click 30,40; click 70,40; press v';
  const fields = (replay: Replay) => {
    const { categoryId, keypoints, bbox } = replay.state.document.objects.get(-1)!;
    return { categoryId, keypoints, bbox };
  };
  const person = {
    categoryId: 3,
    keypoints: [50, 10, 2, 30, 40, 2, 70, 40, 2],
    bbox: [30, 10, 40, 30],
  };
  const ways: ((replay: Replay, categoryId: number) => unknown)[] = [
    (replay, categoryId) => replay.run(`press ${categoryId}`),
    (replay, categoryId) => replay.send({ type: 'choose-category', categoryId }),
    (replay, categoryId) =>
      replay.send({ type: 'set-fields', ids: [-1], fields: { categoryId }, label: 'category' }),
  ];
  for (const way of ways) {
    const replay = new Replay({ categories: [...categories, beast] }).run(pose);
    way(replay, 4);
    const asBeast = [0, 0, 0, 50, 10, 2, 30, 40, 2, 0, 0, 0];
    assert.deepEqual(fields(replay), { ...person, categoryId: 4, keypoints: asBeast });
    assert.deepEqual(replay.server.rows.get(1000)?.keypoints, asBeast);
    assert.deepEqual(replay.notices, ['keypoints-lost']);
    const [told] = replay.effects.flatMap((each) => (each.type === 'notice' ? [each.notice] : []));
    assert.deepEqual(told.names, ['right hand']);
    assert.deepEqual(fields(replay.run('press mod+z')), person);
    // Back from the other one nothing more is lost.
    way(replay, 4);
    way(replay, 3);
    const back = [50, 10, 2, 30, 40, 2, 0, 0, 0];
    assert.deepEqual(fields(replay), { ...person, keypoints: back });
    assert.equal(replay.notices.length, 2);
    // The box stays where the category has no keypoints.
    way(replay, 1);
    assert.deepEqual(fields(replay), { ...person, categoryId: 1, keypoints: null });
    assert.equal(replay.server.rows.get(1000)?.keypoints, null);
    assert.deepEqual(fields(replay.run('press mod+z')), { ...person, keypoints: back });
  }
});

test('copies stay in place in the next picture, and lie beside what is there already', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30; press mod+c; press mod+v');
  replay.run('press mod+v');
  assert.deepEqual(printObjects(replay.state), [
    '-1 cell box 10,10 20×20',
    '-2 cell box 11,11 20×20',
    '-3 cell box 9,9 20×20',
  ]);
  const { objects } = replay.state.clipboard;
  const from = { width: 200, height: 200 };
  const next = new Replay({ clipboard: { objects, from } }).run('press mod+v');
  assert.deepEqual(printObjects(next.state), ['-1 cell box 10,10 20×20']);
  next.run('press mod+v');
  assert.deepEqual(printObjects(next.state)[1], '-2 cell box 11,11 20×20');
});

test('a copy at the border of the picture is moved to where there is room, one of the whole picture stays', () => {
  const corner = new Replay().run('press r; drag 80,60 → 100,80; press mod+c; press mod+v');
  assert.deepEqual(printObjects(corner.state)[1], '-2 cell box 79,59 20×20');
  const whole = new Replay().run('press r; drag 0,0 → 100,80; press mod+c; press mod+v');
  assert.deepEqual(printObjects(whole.state)[1], '-2 cell box 0,0 100×80');
});

test('what another picture has and this one has, too, is not copied over it, and that is told', () => {
  const from = { width: 100, height: 80 };
  const replay = new Replay().run('press r; drag 10,10 → 30,30; press 2; drag 50,50 → 70,70');
  const objects = [...replay.state.document.objects.values()];
  const next = new Replay().send({ type: 'paste', objects: objects.slice(0, 1), from });
  assert.deepEqual(next.notices, []);
  next.send({ type: 'paste', objects, from });
  const both = printObjects(next.state);
  assert.deepEqual([both.length, next.notices], [2, ['already-there']]);
  next.run('press v; press Escape').send({ type: 'paste', objects, from });
  assert.deepEqual(printObjects(next.state), both);
  assert.deepEqual(next.notices, ['already-there', 'already-there']);
  // What was meant is shown.
  assert.deepEqual(next.state.selection, [-1, -3]);
  // The same place is not the same thing.
  next.run('press 3').send({ type: 'paste', objects, from });
  assert.equal(printObjects(next.state).length, 4);
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

test('one key says that all proposals of a picture are right, and undo takes it back in one step', () => {
  const annotations = [proposal(1, 0.9), proposal(2, 0.3)];
  const replay = new Replay({ annotations }).run('press shift+Enter');
  const statesOf = () => [...replay.state.document.objects.values()].map(({ state }) => state);
  assert.deepEqual(statesOf(), ['accepted', 'accepted']);
  assert.deepEqual(replay.effects, [{ type: 'open-picture', which: 'next' }]);
  assert.deepEqual(
    replay.server.requests.flatMap(({ edits }) => edits.map(({ type }) => type)),
    ['accept', 'accept', 'reviewImage'],
  );
  replay.run('press mod+z');
  assert.deepEqual(statesOf(), ['proposed', 'proposed']);
  // And the next key goes to the most doubtful, or meets one, not both.
  assert.deepEqual(replay.state.selection, []);
  assert.deepEqual(replay.run('press g').state.selection, [2]);
});

test('a picture without proposals can be right, too', () => {
  const replay = new Replay({ annotations: [] }).run('press shift+Enter');
  assert.deepEqual(
    replay.server.requests.flatMap(({ edits }) => edits.map(({ type }) => type)),
    ['reviewImage'],
  );
});

test('what is locked is not accepted with the rest', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.9)] });
  replay.run('click 14,14; press l; press shift+Enter');
  assert.deepEqual(
    [...replay.state.document.objects.values()].map(({ state }) => state),
    ['proposed'],
  );
});

test('one key goes from doubt to doubt, and on to the next picture', () => {
  const annotations = [
    proposal(1, 0.9),
    proposal(2, 0.3),
    { ...proposal(3, 0.1), state: 'accepted' as const },
  ];
  const replay = new Replay({ annotations }).run('press g');
  assert.deepEqual(replay.state.selection, [2]);
  assert.deepEqual(replay.run('press g').state.selection, [1]);
  assert.deepEqual(replay.run('press mod+a; press g').state.selection, [2]);
  replay.run('press g');
  assert.deepEqual(replay.effects, []);
  replay.run('press g');
  assert.deepEqual(replay.effects, [{ type: 'open-picture', which: 'next-doubtful' }]);
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
  assert.equal(replay.state.document.picture.status, 'in_progress');
  // The server does the same by itself.
  assert.equal(replay.server.status, '');
  replay.run('press mod+Enter');
  assert.equal(replay.server.status, 'done');
  assert.deepEqual(replay.effects, [{ type: 'open-picture', which: 'next' }]);
});

test('a verdict that is taken back leaves a proposal the model’s', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.9)] });
  replay.run('click 14,14; press shift+a; press mod+z; click 14,14; press a; press mod+z');
  const row = replay.server.rows.get(1)!;
  assert.deepEqual([row.origin, row.state, row.score], ['model cells@3', 'proposed', 0.9]);
});

test('the hand moves the view', () => {
  const replay = new Replay().run('press h');
  const before = replay.state.view;
  replay.run('drag 50,40 → 60,50');
  const { x, scale } = replay.state.view;
  assert.ok(Math.abs(x - before.x - 10 * scale) < 1e-6);
});

test('zooming and panning change no object and what is drawn lands where the pointer is', () => {
  assert.deepEqual(
    after('wheel 50,40 -300; drag 50,40 → 55,45 +pan; press r; drag 50,40 → 60,50'),
    ['-1 cell box 50,40 10×10'],
  );
});

test('the shape of before comes again where the pointer is, as far as the picture goes', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,20; move 60,40; press q');
  assert.deepEqual(printObjects(replay.state)[1], '-2 cell box 50,35 20×10');
  replay.run('press Escape; move 99,79; press q');
  assert.deepEqual(printObjects(replay.state)[2], '-3 cell box 80,70 20×10');
  assert.deepEqual(new Replay().run('press q; press mod+v').notices, [
    'nothing-selected',
    'nothing-copied',
  ]);
});

test('keys change how things look, and back', () => {
  const replay = new Replay().run('press shift+ArrowUp; press shift+ArrowUp; press shift+i');
  const { look } = replay.state.settings;
  assert.deepEqual([look.brightness, look.isInverted], [1.2, true]);
  replay.run('press shift+ArrowDown; press shift+ArrowDown; press shift+i; press shift+c');
  assert.deepEqual(replay.state.settings.look, { ...defaultLook, colorBy: 'instance' });
  assert.ok(isTrue(replay.state.settings.look));
});

test('who looks at the bare picture neither meets nor changes its objects', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,20; press v; press Escape; press j');
  assert.deepEqual(replay.run('click 20,15').state.selection, []);
  assert.deepEqual(replay.run('press j; click 20,15').state.selection, [-1]);
});

test('proposals below the wanted score are out of the way', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.2), proposal(3, 0.8)] });
  const { look } = replay.state.settings;
  replay.send({ type: 'set-settings', settings: { look: { ...look, minScore: 0.5 } } });
  assert.deepEqual(replay.run('click 14,14').state.selection, []);
  assert.deepEqual(replay.run('press g').state.selection, [3]);
});

test('work is sent to review or done, and goes on with the next picture', () => {
  const replay = new Replay().run('press mod+shift+Enter; press mod+Enter; press mod+Enter');
  assert.deepEqual(
    replay.server.requests.flatMap(({ edits }) => edits),
    ['review', 'done'].map((status) => ({ type: 'setStatus', imageId: 7, status })),
  );
  assert.equal(replay.effects.filter(({ type }) => type === 'open-picture').length, 3);
});

test('onto other pictures goes what is accepted; where only proposals are there, that is told instead', () => {
  const annotations = [proposal(1, 0.9), proposal(3, 0.5)];
  const opened = ({ effects }: Replay) =>
    effects.filter(({ type }) => type === 'open-dialog').length;
  const replay = new Replay({ annotations }).run('press mod+b');
  assert.deepEqual([replay.notices, opened(replay)], [['proposals-alone'], 0]);
  replay.run('press v; click 14,14; press a; press Escape; press mod+b');
  assert.deepEqual([replay.notices, opened(replay)], [['proposals-alone'], 1]);
  const objects = [...replay.state.document.objects.values()];
  assert.deepEqual(
    objects.filter(canPropagate).map(({ id }) => id),
    [1],
  );
  // Of the selection, where there is one.
  replay.run('click 34,14; press mod+b');
  assert.deepEqual([replay.notices.length, opened(replay)], [2, 1]);
});
