// Keys repeat a million times in a COCO file: each is decoded once and found again by its bytes.

interface Entry {
  readonly hash: number;
  readonly bytes: Uint8Array;
  readonly text: string;
}

const slotCount = 1024;

/** A direct-mapped table of ASCII keys: a collision replaces the older entry, so it never grows. */
export class KeyTable {
  readonly #slots: (Entry | undefined)[] = new Array(slotCount).fill(undefined);

  /** The key in `bytes[start … end)`, if it was added before. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): string | undefined {
    const entry = this.#slots[hash & (slotCount - 1)];
    if (entry === undefined || entry.hash !== hash || entry.bytes.length !== end - start)
      return undefined;
    const known = entry.bytes;
    for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return undefined;
    return entry.text;
  }

  add(bytes: Uint8Array, start: number, end: number, hash: number): string {
    let text = '';
    for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]);
    this.#slots[hash & (slotCount - 1)] = { hash, bytes: bytes.slice(start, end), text };
    return text;
  }
}
