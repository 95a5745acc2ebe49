// What can be wrong with a COCO file without making it unreadable. One table names every problem;
// the checks in this folder only find them.

/** `error`: other tools fail or compute wrong numbers. `warning`: legal, but rarely meant. */
export type Severity = "error" | "warning";

/** Every problem a file can have, with its severity and the sentence that explains it. */
export const problemKinds = {
  "byte-order-mark": ["warning", "The file starts with a byte order mark; JSON has none."],
} as const satisfies Record<string, readonly [Severity, string]>;

export type ProblemCode = keyof typeof problemKinds;

/** One thing that is wrong at one place. */
export interface Problem {
  code: ProblemCode;
  severity: Severity;
  /** JSON path from the root, counted in the file's own order: `$.annotations[12].bbox`. */
  path: string;
  /** What would have been right: `a box inside the picture (640 × 480)`. */
  expected: string;
  /** What came instead: `[600, 10, 80, 20]`. */
  found: string;
  /** What was done about it, or null where only a person can tell what was meant. */
  repair: string | null;
}
