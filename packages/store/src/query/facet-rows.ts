// What every image counts for in the facets, held in memory: the facets of any images are the sum of their rows.

export const facetNames = [
  'status',
  'missing',
  'reviewed',
  'comment',
  'objects',
  'width',
  'tag',
  'category',
  'origin',
  'score',
  'state',
  'shape',
  'unreviewed',
] as const;
export type FacetName = (typeof facetNames)[number];

/** How many of some images have a value, and how many objects they have with it. */
export interface FacetCount {
  facet: FacetName;
  value: string;
  images: number;
  objects: number;
}

/** Of an image: a key of `keyOf`, how many of its objects have that value, the next key, and so on. */
export type FacetRow = readonly number[];

/** A row for each image; about 200 bytes where the objects are of a few categories. */
export class FacetRows {
  readonly #keys = new Map(facetNames.map((name) => [name, new Map<string, number>()]));
  /** By the keys; the sum of all rows. */
  readonly #all: FacetCount[] = [];
  /** Where in `#cells` the row of an image is: its length, and then itself. */
  readonly #starts = new Map<number, number>();
  #cells = new Int32Array(1024);
  #end = 0;
  /** How much of `#cells` is of rows that are gone. */
  #unused = 0;

  get byteLength(): number {
    const bytesOfEntry = 40; // Of a map from number to number, measured with a million of them.
    return this.#cells.byteLength + bytesOfEntry * this.#starts.size;
  }

  /** The number of a value of a facet, the same whenever it is asked for. */
  keyOf(facet: FacetName, value: string): number {
    const keys = this.#keys.get(facet)!;
    const known = keys.get(value);
    if (known !== undefined) return known;
    const key = this.#all.push({ facet, value, images: 0, objects: 0 }) - 1;
    keys.set(value, key);
    return key;
  }

  set(imageId: number, row: FacetRow): void {
    this.delete(imageId);
    this.#makeRoom(1 + row.length);
    this.#starts.set(imageId, this.#end);
    this.#cells[this.#end] = row.length;
    this.#cells.set(row, this.#end + 1);
    this.#addToAll(this.#end, 1);
    this.#end += 1 + row.length;
  }

  delete(imageId: number): void {
    const start = this.#starts.get(imageId);
    if (start === undefined) return;
    this.#addToAll(start, -1);
    this.#unused += 1 + this.#cells[start];
    this.#starts.delete(imageId);
  }

  /** What all rows add up to. */
  sumOfAll(): FacetCount[] {
    return this.#all.filter(({ images }) => images > 0).map((count) => ({ ...count }));
  }

  /** What the rows of some images add up to. An image without a row counts for nothing. */
  sumOf(imageIds: Iterable<number>): FacetCount[] {
    const images = new Int32Array(this.#all.length);
    const objects = new Float64Array(this.#all.length);
    const cells = this.#cells;
    for (const imageId of imageIds) {
      const start = this.#starts.get(imageId);
      if (start === undefined) continue;
      const end = start + cells[start];
      for (let at = start + 1; at < end; at += 2) {
        images[cells[at]]++;
        objects[cells[at]] += cells[at + 1];
      }
    }
    return this.#all.flatMap(({ facet, value }, key) =>
      images[key] === 0 ? [] : [{ facet, value, images: images[key], objects: objects[key] }],
    );
  }

  #addToAll(start: number, times: 1 | -1): void {
    const end = start + this.#cells[start];
    for (let at = start + 1; at < end; at += 2) {
      const count = this.#all[this.#cells[at]];
      count.images += times;
      count.objects += times * this.#cells[at + 1];
    }
  }

  /** Moves the rows together, to where there is room for half as much again. */
  #makeRoom(length: number): void {
    if (this.#end + length <= this.#cells.length) return;
    const before = this.#cells;
    this.#cells = new Int32Array(Math.ceil(1.5 * (this.#end - this.#unused + length)));
    this.#end = 0;
    this.#unused = 0;
    for (const [imageId, start] of this.#starts) {
      const row = before.subarray(start, start + 1 + before[start]);
      this.#cells.set(row, this.#end);
      this.#starts.set(imageId, this.#end);
      this.#end += row.length;
    }
  }
}
