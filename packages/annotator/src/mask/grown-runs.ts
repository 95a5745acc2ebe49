/** Twice the room with the same start, for run lengths whose number is not known before. */
export function grownRuns(runs: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(runs.length * 2);
  larger.set(runs);
  return larger;
}
