// Keys that are pressed while the next picture is on its way are meant for that one, and wait for it.

type Press = (chord: string) => void;

let chords: string[] | null = null;

export const heldKeys = {
  /** The picture that is shown is being left. */
  begin(): void {
    chords ??= [];
  },
  /** @returns whether the key waits */
  take(chord: string): boolean {
    chords?.push(chord);
    return chords !== null;
  },
  /** The picture is there, or there is none: what waited is done now. A key may lead on to yet another picture. */
  release(press: Press): void {
    const waiting = chords ?? [];
    chords = null;
    for (const chord of waiting) if (!heldKeys.take(chord)) press(chord);
  },
  /** The picture does not come. */
  drop(): void {
    chords = null;
  },
};
