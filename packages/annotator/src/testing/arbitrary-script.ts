// Random scripts for replays: what people do, and what they should not.

import fc from 'fast-check';

const at = fc
  .tuple(fc.integer({ min: -15, max: 115 }), fc.integer({ min: -15, max: 95 }))
  .map(([x, y]) => `${x},${y}`);
const modifier = fc.constantFrom('', '', '', ' +shift', ' +mod', ' +alt');
const key = fc.constantFrom(
  ...['v', 'r', 'shift+r', 'p', 'b', 'e', 'k', 'x', 't', 'h', 'w', 'shift+p', 'shift+y'],
  ...['1', '2', '3', 'n', 'Escape', 'Backspace', 'Delete', '.', 'o', '[', ']'],
  ...['mod+z', 'mod+shift+z', 'mod+c', 'mod+v', 'mod+shift+d', 'mod+a', 'Tab', 'alt+ArrowLeft'],
  ...[
    'm',
    'u',
    'shift+u',
    'i',
    'y',
    'shift+b',
    'shift+v',
    'shift+x',
    'c',
    'a',
    'shift+a',
    'l',
    's',
  ],
);
const step = fc.oneof(
  { weight: 3, arbitrary: key.map((chord) => `press ${chord}`) },
  { weight: 2, arbitrary: fc.tuple(at, modifier).map(([a, m]) => `click ${a}${m}`) },
  {
    weight: 3,
    arbitrary: fc.tuple(at, at, at, modifier).map(([a, b, c, m]) => `drag ${a} → ${b} → ${c}${m}`),
  },
  { weight: 1, arbitrary: at.map((a) => `move ${a}`) },
  { weight: 1, arbitrary: at.map((a) => `doubleclick ${a}`) },
);
const points = fc.array(at, { minLength: 3, maxLength: 6, size: 'max' });
/** What people do on purpose: single steps alone seldom get to more than one object. */
const phrase = fc.oneof(
  fc.tuple(at, at).map(([a, b]) => `press r; drag ${a} → ${b}`),
  fc.tuple(at, at, at).map(([a, b, c]) => `press shift+r; drag ${a} → ${b}; click ${c}`),
  fc
    .tuple(points, fc.constantFrom('', ' +shift', ' +mod'))
    .map(([[first, ...rest], m]) =>
      [`press p; click ${first}${m}`, ...rest.map((each) => `click ${each}`), 'press n'].join('; '),
    ),
  fc
    .tuple(at, at, fc.constantFrom('b', 'e'))
    .map(([a, b, tool]) => `press ${tool}; drag ${a} → ${b}`),
  fc.tuple(at, at, at).map(([a, b, c]) => `press 3; press k; click ${a}; click ${b}; click ${c}`),
  fc.tuple(at, at, modifier).map(([a, b, m]) => `press v; click ${a}; drag ${a} → ${b}${m}`),
  fc.tuple(at, at).map(([a, b]) => `press v; press Tab; drag ${a} → ${b}`),
  fc.tuple(at, at).map(([a, b]) => `press Tab; press shift+y; drag ${a} → ${b}`),
  fc
    .constantFrom('u', 'shift+u', 'i', 'y', 'm', 'c', 'shift+b', 'shift+v', 'shift+x')
    .map((chord) => `press v; press mod+a; press ${chord}`),
  fc.constantFrom('press mod+z', 'press mod+z; press mod+z', 'press mod+shift+z'),
);
/** Up to 25 steps and phrases in a picture of 100 × 80 pixels. */
export const arbitraryScript: fc.Arbitrary<string> = fc
  .array(fc.oneof(step, { weight: 2, arbitrary: phrase }), { maxLength: 25, size: 'max' })
  .map((steps) => steps.join('; '));
