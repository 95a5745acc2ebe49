import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeRles, rleArea, rleFromBbox, rleFromPolygon } from '@migaki/coco';
import fc from 'fast-check';
import {
  type AnnotationObject,
  emptyFields,
  reshape,
  type Segmentation,
} from '../document/annotation-object.ts';
import { isRing, regionsArea } from '../geometry/region.ts';
import { crossesItself, nearestSide, pointOf } from '../geometry/ring.ts';
import { cornersOf, rotatedBoxFrom, rotatedBoxOf } from '../geometry/rotated-box.ts';
import { maskOfObject, maskOfSegmentation } from '../mask/mask-of.ts';
import { boxObject, polygonObject } from '../testing/documents.ts';
import { combineObjects, toMask, toPolygons } from './combine.ts';
import { copiesOf } from './copy.ts';
import { interpolateAt } from './interpolate.ts';
import { simplify } from './simplify.ts';
import { splitByLine, splitIntoParts } from './split.ts';
import { resize, rotate, translate } from './transform.ts';
import { deleteVertex } from './vertices.ts';

type PolygonSegmentation = Segmentation & { type: 'polygons' };

const picture = { width: 100, height: 80 };

const polygon = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 80 })), {
    minLength: 3,
    maxLength: 8,
  })
  .map((points) => points.flat());

const squareAt = (at: number, side: number) => [
  at,
  at,
  at + side,
  at,
  at + side,
  at + side,
  at,
  at + side,
];
const asObject = (fields: ReturnType<typeof reshape>): AnnotationObject => ({
  id: 1,
  ...emptyFields,
  categoryId: 1,
  ...fields,
});
const maskFrom = (ring: number[]): AnnotationObject | null => {
  const rle = rleFromPolygon(ring, 80, 100);
  return rleArea(rle) === 0
    ? null
    : asObject(reshape(emptyFields, { segmentation: { type: 'mask', rle } }));
};

const maskObject = (id: number, box: [number, number, number, number]): AnnotationObject => {
  const segmentation = { type: 'mask', rle: rleFromBbox(box, 80, 100) } as const;
  return { id, ...emptyFields, categoryId: 1, ...reshape(emptyFields, { segmentation }) };
};

test('polygons that cross themselves combine to the very pixels of their masks', () => {
  fc.assert(
    fc.property(polygon.filter(crossesItself), polygon, (a, b) => {
      const masks = [a, b].map((ring) => rleFromPolygon(ring, 80, 100));
      const objects = [polygonObject(1, a), polygonObject(2, b)];
      for (const how of ['union', 'intersection'] as const) {
        const expected = mergeRles(masks, how);
        const combined = combineObjects(how, objects, picture);
        if (rleArea(expected) === 0) assert.equal(combined, null);
        else assert.deepEqual(maskOfSegmentation(combined!.segmentation!, picture), expected);
      }
    }),
  );
});

/** Square pixels that are lost where corners are rounded, and what is too small to be meant. */
const lostArea = 2;
/** Whether a corner lies on a side that does not begin or end there: what is inside is told by no single turn then. */
const touchesItself = (ring: readonly number[]): boolean => {
  const count = ring.length / 2;
  const corners = Array.from({ length: count }, (_, i) => pointOf(ring, i));
  return corners.some((a, side) => {
    const b = corners[(side + 1) % count];
    const others = corners.filter((_, i) => i !== side && i !== (side + 1) % count);
    return others.some((corner) => nearestSide([a.x, a.y, b.x, b.y], corner)!.distance < 1e-6);
  });
};
const simplePolygon = polygon.filter(
  (ring) => !crossesItself(ring) && !touchesItself(ring) && isRing(ring),
);
const areaOf = (object: ReturnType<typeof combineObjects>) =>
  object?.segmentation?.type === 'polygons' ? regionsArea(object.segmentation.regions) : 0;

test('other polygons combine as areas: what both have and what either has add up, and sides stay straight', () => {
  fc.assert(
    fc.property(simplePolygon, simplePolygon, (a, b) => {
      const objects = [polygonObject(1, a), polygonObject(2, b)];
      const [union, both, first] = (['union', 'intersection', 'difference'] as const).map((how) =>
        areaOf(combineObjects(how, objects, picture)),
      );
      const [areaA, areaB] = [a, b].map((ring) => regionsArea([{ outer: ring, holes: [] }]));
      assert.ok(Math.abs(union + both - areaA - areaB) < lostArea, `${union} ${both}`);
      assert.ok(Math.abs(first + both - areaA) < lostArea, `${first} ${both}`);
    }),
  );
  const triangles = [
    polygonObject(1, [20, 20, 90, 40, 60, 70]),
    polygonObject(2, [60, 20, 95, 60, 80, 75]),
  ];
  const { segmentation } = combineObjects('union', triangles, picture)!;
  assert.equal(segmentation?.type, 'polygons');
  const [{ outer, holes }, ...others] = segmentation.regions;
  assert.deepEqual([outer.length / 2, holes, others], [10, [], []]);
});

test('what lies around something that is taken away has a hole, and an island in it', () => {
  const box = (x: number, side: number) => polygonObject(1, squareAt(x, side));
  const frame = combineObjects('difference', [box(10, 60), box(20, 40)], picture)!;
  const { segmentation } = combineObjects('union', [frame, box(35, 10)].map(asObject), picture)!;
  assert.equal(segmentation?.type, 'polygons');
  assert.deepEqual(
    segmentation.regions.map(({ outer, holes }) => [outer.length, holes.length]),
    [
      [8, 1],
      [8, 0],
    ],
  );
  assert.equal(regionsArea(segmentation.regions), 60 * 60 - 40 * 40 + 100);
});

test('a mask that becomes polygons and a mask again has every pixel, holes too', () => {
  fc.assert(
    fc.property(polygon, polygon, (a, b) => {
      const donut = combineObjects(
        'difference',
        [polygonObject(1, a), polygonObject(2, b)],
        picture,
      );
      const mask = donut && toMask(donut.segmentation!, picture);
      // What is left may be too thin for the centre of any pixel.
      if (mask === null) return;
      assert.deepEqual(toMask(toPolygons(mask, picture, 0)!, picture), mask);
    }),
  );
});

test('a line cuts an object in two that are together what it was', () => {
  const coordinate = fc.record({ x: fc.integer({ min: -20, max: 120 }), y: fc.nat(80) });
  fc.assert(
    fc.property(polygon, coordinate, coordinate, (ring, a, b) => {
      const object = maskFrom(ring);
      const halves = object && splitByLine(object, a, b, picture);
      if (!halves) return;
      const [left, right] = halves.map(({ segmentation }) =>
        maskOfSegmentation(segmentation!, picture),
      );
      const whole = maskOfObject(object, picture)!;
      assert.deepEqual(mergeRles([left, right], 'union'), whole);
      assert.equal(rleArea(left) + rleArea(right), rleArea(whole));
    }),
  );
  fc.assert(
    fc.property(simplePolygon, coordinate, coordinate, (ring, a, b) => {
      const halves = splitByLine(polygonObject(1, ring), a, b, picture);
      if (halves === null) return;
      const [left, right] = halves.map(areaOf);
      const whole = regionsArea([{ outer: ring, holes: [] }]);
      assert.ok(Math.abs(left + right - whole) < lostArea, `${left} + ${right}, not ${whole}`);
    }),
  );
});

test('a short stroke cuts all through, and one beside an object nothing', () => {
  const object = boxObject(1, [10, 10, 20, 20]);
  const cut = (from: [number, number], to: [number, number]) => {
    const [a, b] = [from, to].map(([x, y]) => ({ x, y }));
    return splitByLine(object, a, b, picture)?.map(({ bbox }) => bbox) ?? null;
  };
  assert.equal(cut([0, 50], [9, 50]), null);
  // Its extension would meet the object.
  assert.equal(cut([20, 0], [20, 8]), null);
  assert.deepEqual(cut([20, 0], [20, 12]), [
    [20, 10, 10, 20],
    [10, 10, 10, 20],
  ]);
});

test('the parts of a mask are its connected regions, each with its holes', () => {
  const ring = combineObjects(
    'difference',
    [maskObject(1, [5, 5, 30, 30]), maskObject(2, [10, 10, 10, 10])],
    picture,
  )!;
  const two = combineObjects(
    'union',
    [{ ...emptyFields, ...ring }, maskObject(3, [60, 60, 5, 5])],
    picture,
  )!;
  const parts = splitIntoParts({ ...emptyFields, ...two }, picture)!;
  assert.deepEqual(
    parts.map(({ area }) => area),
    [800, 25],
  );
  assert.equal(splitIntoParts(maskObject(1, [5, 5, 30, 30]), picture), null);
});

test('resizing and back gives the same box and nearly the same polygon', () => {
  const object = polygonObject(1, [10, 10, 50, 20, 30, 60]);
  const larger = { ...object, ...resize(object, [10, 10, 80, 70], picture)! };
  assert.deepEqual(larger.bbox, [10, 10, 80, 70]);
  assert.deepEqual(resize(larger, [10, 10, 40, 50], picture)?.segmentation, object.segmentation);
});

test('a mask stays in the picture even where an import gave it another box', () => {
  const imported = { ...maskObject(1, [70, 10, 30, 20]), bbox: [70, 10, 5, 5] as const };
  const moved = translate(imported, { dx: 20, dy: 5 }, picture);
  assert.deepEqual([moved.bbox, moved.area], [[70, 15, 30, 20], 600]);
});

test('what would be resized to nothing stays', () => {
  assert.equal(resize(boxObject(1, [10, 10, 20, 20]), [10, 10, 0, 20], picture), null);
  assert.equal(resize(maskObject(1, [10, 10, 20, 20]), [10, 10, 0.2, 20], picture), null);
  assert.equal(resize(boxObject(1, [10, 10, 20, 20]), [200, 10, 20, 20], picture), null);
});

test('a box drawn around a pose is resized without the pose, a pose’s own box with it', () => {
  const keypoints = [20, 20, 2, 40, 40, 2, 0, 0, 0];
  const pose = { ...emptyFields, ...reshape(emptyFields, { keypoints }) };
  assert.deepEqual(
    resize(pose, [20, 20, 40, 40], picture)?.keypoints,
    [20, 20, 2, 60, 60, 2, 0, 0, 0],
  );
  const boxed = { ...pose, bbox: [10, 10, 50, 50] as const };
  assert.deepEqual(resize(boxed, [10, 10, 60, 60], picture)?.keypoints, keypoints);
});

test('a turned box stays a turned box when it is moved, resized and turned', () => {
  const box = rotatedBoxFrom({ x: 30, y: 30 }, { x: 60, y: 40 }, { x: 55, y: 55 });
  const start = { ...polygonObject(1, cornersOf(box)), attributes: { rotation: box.degrees } };
  const turned = { ...start, ...rotate(start, 30, box.centre, picture)! };
  const back = rotatedBoxOf({ ...turned, ...rotate(turned, -30, box.centre, picture)! })!;
  assert.ok(Math.abs(back.width - box.width) < 0.05 && Math.abs(back.height - box.height) < 0.05);
  assert.ok(Math.abs((turned.attributes.rotation as number) - box.degrees - 30) < 0.02);
  const moved = rotatedBoxOf({ ...start, ...translate(start, { dx: 5, dy: -5 }, picture) })!;
  assert.ok(Math.abs(moved.centre.x - box.centre.x - 5) < 0.02);
});

test('a polygon that is turned over the border is cut there, and not bent', () => {
  const bar = polygonObject(1, [2, 10, 12, 10, 12, 70, 2, 70]);
  const turned = rotate(bar, 45, { x: 7, y: 40 }, picture)!;
  assert.equal(turned.bbox![0], 0);
  const ring = (turned.segmentation as PolygonSegmentation).regions[0].outer;
  const sides = Array.from({ length: ring.length / 2 }, (_, i) => {
    const next = (i + 1) % (ring.length / 2);
    return [ring[2 * next] - ring[2 * i], ring[2 * next + 1] - ring[2 * i + 1]];
  });
  // All sides run at 45°, but for the one along the border.
  const others = sides.filter(([dx, dy]) => Math.abs(Math.abs(dx) - Math.abs(dy)) > 0.05);
  assert.deepEqual(
    others.map(([dx]) => dx),
    [0],
  );
});

test('simplifying takes points out and keeps the shape within the tolerance', () => {
  const circle = Array.from({ length: 200 }, (_, i) => [
    50 + 30 * Math.cos((i * Math.PI) / 100),
    40 + 30 * Math.sin((i * Math.PI) / 100),
  ]).flat();
  const simple = simplify(polygonObject(1, circle), 0.5)!;
  const { segmentation } = simple;
  assert.ok(segmentation?.type === 'polygons' && segmentation.regions[0].outer.length / 2 < 40);
  assert.ok(Math.abs(simple.area! - Math.PI * 900) < 60);
  assert.equal(simplify(boxObject(1, [1, 1, 5, 5]), 1), null);
});

test('the third last point of a hole takes the hole with it, of a part the part', () => {
  const hole = [20, 20, 30, 20, 30, 30];
  const donut = polygonObject(1, [10, 10, 60, 10, 60, 60], [hole]);
  const whole = deleteVertex(donut, { region: 0, ring: 1, point: 0 })!;
  assert.deepEqual(whole.segmentation, {
    type: 'polygons',
    regions: [{ outer: [10, 10, 60, 10, 60, 60], holes: [] }],
  });
  assert.equal(deleteVertex(donut, { region: 0, ring: 0, point: 0 }), null);
});

test('copies for a picture of another size leave masks out, and stay inside', () => {
  const objects = [boxObject(1, [80, 60, 20, 20]), maskObject(2, [1, 1, 5, 5])];
  const { copies, leftOut } = copiesOf(objects, -4, picture, { width: 50, height: 50 });
  assert.deepEqual(
    copies.map(({ id, bbox }) => [id, bbox]),
    [[-4, [30, 30, 20, 20]]],
  );
  assert.equal(leftOut, 1);
});

test('boxes, turned boxes and poses move evenly between key frames', () => {
  const keyFrames = [
    { at: 10, object: boxObject(1, [0, 0, 10, 10]) },
    { at: 20, object: boxObject(1, [20, 10, 30, 10]) },
  ];
  assert.deepEqual(interpolateAt(keyFrames, 15)?.bbox, [10, 5, 20, 10]);
  assert.deepEqual(interpolateAt(keyFrames, 20)?.bbox, [20, 10, 30, 10]);
  assert.equal(interpolateAt(keyFrames, 9), null);
  assert.equal(interpolateAt(keyFrames, 21), null);
  const turned = (degrees: number) => {
    const box = { centre: { x: 50, y: 40 }, width: 30, height: 10, degrees };
    return { ...polygonObject(1, cornersOf(box)), attributes: { rotation: degrees } };
  };
  const middle = interpolateAt(
    [
      { at: 0, object: turned(170) },
      { at: 2, object: turned(-170) },
    ],
    1,
  );
  assert.equal(Math.abs(middle?.attributes?.rotation as number), 180);
  const pose = (x: number, visibility: number) => {
    const keypoints = [x, 10, visibility, 50, 50, 2];
    return { ...emptyFields, ...reshape(emptyFields, { keypoints }) };
  };
  assert.deepEqual(
    interpolateAt(
      [
        { at: 0, object: pose(10, 2) },
        { at: 4, object: pose(20, 1) },
      ],
      1,
    )?.keypoints,
    [12.5, 10, 1, 50, 50, 2],
  );
});
