// Reads tables with a row for each object, see `columns.ts`; also Open Images (`ImageID,…,LabelName,Confidence,XMin,…`),
// TensorFlow's (`filename,width,height,class,xmin,ymin,xmax,ymax`), keras-retinanet's, which has no header, and those of
// Kaggle competitions (`image_id,width,height,bbox`).

import { CocoError } from '../../coco-error.ts';
import { faultPhrase, phrase } from '../../phrase.ts';
import type { Bbox, CocoAnnotation, CocoImage } from '../../types.ts';
import { unnamedCategory } from '../conventions.ts';
import { bboxFromCorners } from '../corner-box.ts';
import { DatasetBuilder, type NewShape } from '../dataset-builder.ts';
import type { ReadPart, ReadResult, SourceTree } from '../format.ts';
import { numberFromText, pixelDecimals, roundTo } from '../numbers.ts';
import { PictureIndex } from '../picture-index.ts';
import { baseNameOf, folderOf, isPicturePath, joinPath, safePath } from '../safe-path.ts';
import { badInput, objectOf, readTextInPieces, shown } from '../text-file.ts';
import { boxColumns, type ColumnRole } from './columns.ts';
import {
  cellNumber,
  dataRows,
  firstRow,
  isTablePath,
  openTable,
  type Table,
} from './open-table.ts';
import { separatorOf, type TableRow, tableRowsInPieces } from './table.ts';

/** Several tables are one dataset; `train.csv` and `val.csv` are its splits, unless they have a column for that. */
export async function* readCsv(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const builder = new DatasetBuilder();
  const pictures = new PictureIndex(tree);
  const paths = tree.paths.filter(isTablePath);
  if (paths.length === 0)
    throw badInput(phrase`the files`, phrase`a table (.csv or .tsv)`, phrase`none`);
  const names = new Map<string, string>();
  const tables: Table[] = [];
  let firstFault: CocoError | undefined;
  for (const path of paths) {
    const texts = () => readTextInPieces(tree, path);
    const start = await startOf(texts());
    if (await addDescriptions(start, texts, path, names)) continue;
    try {
      tables.push(await openTable(path, start, texts, paths.length > 1));
    } catch (error) {
      if (!(error instanceof CocoError)) throw error;
      firstFault ??= error;
      builder.losses.add('unusable-records', faultPhrase(error.details));
    }
  }
  if (tables.length === 0)
    throw firstFault ?? badInput(paths[0], phrase`rows with pictures`, phrase`names alone`);
  for (const table of tables) {
    const reader = new TableReader(builder, pictures, table, names);
    for await (const rows of dataRows(table)) {
      for (const row of rows) await builder.attemptAsync(() => reader.read(row));
      yield* builder.parts();
    }
  }
  return builder.finish();
}

/** Enough to hold the first rows. */
const startLength = 1 << 16;

async function startOf(texts: AsyncIterable<string>): Promise<string> {
  let start = '';
  for await (const text of texts) {
    start += text;
    if (start.length >= startLength) break;
  }
  return start;
}

/** Open Images keeps the names of its label codes in a table of their own. */
async function addDescriptions(
  start: string,
  texts: () => AsyncIterable<string>,
  path: string,
  names: Map<string, string>,
): Promise<boolean> {
  const first = firstRow(start);
  const isNamed = /class-descriptions/i.test(baseNameOf(path));
  const hasHeader = first?.cells.join(',') === 'LabelName,DisplayName';
  if (first?.cells.length !== 2 || !(isNamed || hasHeader)) return false;
  for await (const rows of tableRowsInPieces(texts(), separatorOf(start), path)) {
    for (const { cells } of rows) names.set(cells[0], cells[1]);
  }
  return true;
}

class TableReader {
  readonly #builder: DatasetBuilder;
  readonly #pictures: PictureIndex;
  readonly #table: Table;
  readonly #names: ReadonlyMap<string, string>;

  constructor(
    builder: DatasetBuilder,
    pictures: PictureIndex,
    table: Table,
    names: ReadonlyMap<string, string>,
  ) {
    this.#builder = builder;
    this.#pictures = pictures;
    this.#table = table;
    this.#names = names;
  }

  async read(row: TableRow): Promise<void> {
    const { path, columns } = this.#table;
    const where = `${path}:${row.line}`;
    const extra = row.cells.slice(columns.header.length);
    if (row.cells.length < columns.header.length || extra.some((cell) => cell !== '')) {
      throw badInput(where, phrase`${columns.header.length} cells`, String(row.cells.length));
    }
    const image = await this.#image(row, where);
    const caption = this.#cell(row, 'caption');
    if (caption !== '') this.#builder.addCaption(image, caption);

    const shape = this.#shape(row, image, where);
    const isLabelled = this.#cell(row, 'category') !== '';
    if (!isLabelled && Object.keys(shape).length === 0) return;
    // Open Images also lists what people said is not in the picture.
    if (columns.isOpenImages && columns.box === undefined && shape.score === 0) {
      this.#builder.losses.add('picture-labels', where);
      return;
    }
    // Boxes that people drew have a confidence of 1 there.
    if (columns.isOpenImages && shape.score === 1) delete shape.score;
    const label = this.#cell(row, 'category') || unnamedCategory;
    const category = this.#builder.categories.named(this.#names.get(label) ?? label);
    this.#builder.addAnnotation(image, { category_id: category.id, ...shape }, where);
  }

  async #image(row: TableRow, where: string): Promise<CocoImage> {
    const name = this.#cell(row, 'fileName');
    if (name === '') throw badInput(where, phrase`the name of a picture`, phrase`an empty cell`);
    const folder = folderOf(this.#table.path);
    const path = this.#pictures.find(name, folder, joinPath(folder, 'images'));
    const fileName = fileNameOf(name, path, where);
    const known = this.#builder.imageNamed(fileName);
    if (known !== undefined) return known;
    const declared = {
      width: this.#number(row, 'imageWidth', where),
      height: this.#number(row, 'imageHeight', where),
    };
    const size = await this.#pictures.size(where, declared, path);
    const split = this.#cell(row, 'split') || this.#table.split;
    return this.#builder.addImage(
      { file_name: fileName, ...size, ...(split !== undefined && { split }) },
      path,
    );
  }

  #shape(row: TableRow, image: CocoImage, where: string): NewShape {
    const shape: NewShape = {};
    const bbox = this.#box(row, image, where);
    if (bbox !== undefined) shape.bbox = bbox;
    const area = this.#number(row, 'area', where);
    if (area !== undefined) shape.area = area;
    const isCrowd = this.#number(row, 'isCrowd', where);
    if (isCrowd !== undefined) shape.iscrowd = isCrowd === 1 ? 1 : 0;
    const score = this.#number(row, 'score', where);
    if (score !== undefined) shape.score = score;
    const segmentation = this.#json(row, 'segmentation', where);
    if (segmentation !== undefined)
      shape.segmentation = segmentation as CocoAnnotation['segmentation'];
    const keypoints = this.#json(row, 'keypoints', where);
    if (keypoints !== undefined) shape.keypoints = keypoints as number[];
    const attributes = this.#attributes(row, where);
    if (attributes !== undefined) shape.attributes = attributes;
    return shape;
  }

  #box(row: TableRow, image: CocoImage, where: string): Bbox | undefined {
    const { columns, isFractions } = this.#table;
    if (columns.box === undefined) return undefined;
    const roles = boxColumns[columns.box];
    if (roles.every((role) => this.#cell(row, role) === '')) return undefined;
    const [a, b, c, d] =
      columns.box === 'list'
        ? this.#list(row, where)
        : roles.map((role) => this.#boxNumber(row, role, where));
    if (columns.box === 'centre') return [a - c / 2, b - d / 2, c, d];
    if (columns.box !== 'corners') return [a, b, c, d];
    if (c < a || d < b)
      throw badInput(where, phrase`a box with its smaller corner first`, shown([a, b, c, d]));
    if (!isFractions) return bboxFromCorners([a, b, c, d]);
    const { width, height } = image;
    const bbox = [a * width, b * height, (c - a) * width, (d - b) * height];
    return bbox.map((value) => roundTo(value, pixelDecimals)) as Bbox;
  }

  /** `[x, y, w, h]`, whatever its brackets and separators are. */
  #list(row: TableRow, where: string): number[] {
    const cell = this.#cell(row, 'bbox');
    const numbers = cell
      .replace(/^[[({]|[\])}]$/g, '')
      .split(/[\s,;]+/)
      .filter((text) => text !== '')
      .map(numberFromText);
    if (numbers.length === 4 && numbers.every((value) => value !== undefined)) return numbers;
    throw badInput(where, phrase`a box [x, y, width, height]`, shown(cell));
  }

  #boxNumber(row: TableRow, role: ColumnRole, where: string): number {
    const value = this.#number(row, role, where);
    if (value !== undefined) return value;
    throw badInput(
      where,
      phrase`a number in the column ${this.#nameOf(role)}`,
      phrase`an empty cell`,
    );
  }

  /** Undefined where there is no such column, or nothing in it. */
  #number(row: TableRow, role: ColumnRole, where: string): number | undefined {
    const cell = this.#cell(row, role);
    if (cell === '') return undefined;
    const value = cellNumber(cell, this.#table.separator);
    if (value !== undefined) return value;
    throw badInput(where, phrase`a number in the column ${this.#nameOf(role)}`, shown(cell));
  }

  #json(row: TableRow, role: ColumnRole, where: string): unknown {
    const cell = this.#cell(row, role);
    if (cell === '') return undefined;
    try {
      return JSON.parse(cell);
    } catch {
      throw badInput(where, phrase`JSON in the column ${this.#nameOf(role)}`, shown(cell));
    }
  }

  /** The JSON object of that column, and every column without a meaning of its own. */
  #attributes(row: TableRow, where: string): Record<string, unknown> | undefined {
    const given = this.#json(row, 'attributes', where);
    const attributes = given === undefined ? {} : objectOf(given);
    if (attributes === undefined)
      throw badInput(where, phrase`a JSON object of attributes`, shown(given));
    const others = this.#table.columns.others.filter(({ index }) => row.cells[index] !== '');
    if (given === undefined && others.length === 0) return undefined;
    return {
      ...attributes,
      ...Object.fromEntries(others.map(({ name, index }) => [name, row.cells[index]])),
    };
  }

  #cell(row: TableRow, role: ColumnRole): string {
    const index = this.#table.columns.index.get(role);
    return index === undefined ? '' : row.cells[index];
  }

  #nameOf(role: ColumnRole): string {
    return this.#table.columns.header[this.#table.columns.index.get(role)!];
  }
}

/** As the table says it, as long as that stays in the dataset's folder; ids get the extension of their picture. */
function fileNameOf(name: string, path: string | undefined, where: string): string {
  if (path !== undefined && !isPicturePath(name)) return baseNameOf(path);
  try {
    return safePath(name);
  } catch (error) {
    if (!(error instanceof CocoError)) throw error;
    // A path of another machine: here it is the picture of that name.
    if (path !== undefined) return baseNameOf(path);
    throw new CocoError(error.code, { ...error.details, where });
  }
}
