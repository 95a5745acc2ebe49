// What the columns of a table mean, by their names. Our own header, which `write.ts` writes, has a place for nearly
// all that COCO can say of an object:
//
// | Column                  | Holds                                                              |
// |-------------------------|--------------------------------------------------------------------|
// | file_name               | the picture; a row with nothing else is a picture without objects  |
// | width, height           | its pixels                                                         |
// | split                   | train, val, test or the like                                       |
// | category                | a name; without any shape it is a label of the whole picture       |
// | x, y, w, h              | box in pixels                                                      |
// | area, iscrowd, score    | numbers                                                            |
// | segmentation, keypoints | JSON as in a COCO file                                             |
// | attributes              | a JSON object                                                      |
// | caption                 | a sentence about the picture, in a row of its own                  |

import { phrase } from '../../phrase.ts';
import { badInput, shown } from '../text-file.ts';

export const ownHeader = [
  'file_name',
  'width',
  'height',
  'split',
  'category',
  'x',
  'y',
  'w',
  'h',
  'area',
  'iscrowd',
  'score',
  'segmentation',
  'keypoints',
  'attributes',
  'caption',
] as const;

/** How other tables name the same, most telling first; compared without case, spaces, `_` and `-`. */
const aliases = {
  fileName: 'filename file imagename imagefile imagepath filepath path image img imgpath imageid',
  imageWidth: 'width imagewidth imgwidth',
  imageHeight: 'height imageheight imgheight',
  split: 'split subset set partition',
  category: 'category categoryname class classname label labelname classid categoryid labelid',
  x: 'x bboxx boxx',
  y: 'y bboxy boxy',
  w: 'w bboxw bboxwidth boxw boxwidth',
  h: 'h bboxh bboxheight boxh boxheight',
  xMin: 'xmin x1 left minx bboxxmin bboxx1',
  yMin: 'ymin y1 top miny bboxymin bboxy1',
  xMax: 'xmax x2 right maxx bboxxmax bboxx2',
  yMax: 'ymax y2 bottom maxy bboxymax bboxy2',
  xCentre: 'xcenter xcentre centerx cx xc',
  yCentre: 'ycenter ycentre centery cy yc',
  bbox: 'bbox box boundingbox',
  area: 'area',
  isCrowd: 'iscrowd isgroupof',
  score: 'score confidence conf',
  segmentation: 'segmentation',
  keypoints: 'keypoints',
  attributes: 'attributes',
  caption: 'caption',
} as const satisfies Record<string, string>;

export type ColumnRole = keyof typeof aliases;

/** How the columns spell a box: its corner and size, two corners, its centre and size, or four numbers in one cell. */
export type BoxLayout = 'size' | 'corners' | 'centre' | 'list';

export const boxColumns: Record<BoxLayout, readonly ColumnRole[]> = {
  list: ['bbox'],
  size: ['x', 'y', 'w', 'h'],
  corners: ['xMin', 'yMin', 'xMax', 'yMax'],
  centre: ['xCentre', 'yCentre', 'w', 'h'],
};

export interface Columns {
  header: readonly string[];
  /** Index of each column that has a meaning. */
  index: ReadonlyMap<ColumnRole, number>;
  /** Names and indices of the rest. A column without a name is a row number that some library wrote. */
  others: readonly { name: string; index: number }[];
  box: BoxLayout | undefined;
  /** Open Images (https://storage.googleapis.com/openimages/web/download_v7.html): boxes are fractions, labels are codes. */
  isOpenImages: boolean;
}

/**
 * @param where names the file and its first line in errors.
 * @throws CocoError `bad-format-input` for a header that does not tell what the rows are.
 */
export function columnsOf(header: readonly string[], where: string): Columns {
  const columns = recognisedColumns(header);
  if (columns !== undefined) return columns;
  throw badInput(
    where,
    phrase`a header with a column for the picture (file_name, filename, image_id) and for a category or a whole box`,
    shown(header.join(',')),
  );
}

/** The columns, or undefined where the header is of no table of annotations. */
export function recognisedColumns(header: readonly string[]): Columns | undefined {
  const plain = header.map((name) => name.toLowerCase().replace(/[\s_-]/g, ''));
  const index = new Map<ColumnRole, number>();
  for (const [role, names] of Object.entries(aliases)) {
    const found = names.split(' ').find((name) => plain.includes(name));
    if (found !== undefined) index.set(role as ColumnRole, plain.indexOf(found));
  }
  // `left, top, width, height` has one corner only.
  if (!index.has('xMax') && !index.has('yMax') && !index.has('x') && !index.has('y')) {
    move(index, 'xMin', 'x');
    move(index, 'yMin', 'y');
  }
  // `x, y, width, height` is a box: a picture's size needs no corner.
  if (!index.has('w') && !index.has('h') && (index.has('x') || index.has('xCentre'))) {
    move(index, 'imageWidth', 'w');
    move(index, 'imageHeight', 'h');
  }
  const layouts = (Object.keys(boxColumns) as BoxLayout[]).filter((layout) => {
    // `w` and `h` are of two layouts, and tell neither.
    return boxColumns[layout].some((role) => role !== 'w' && role !== 'h' && index.has(role));
  });
  const box = layouts.find((layout) => boxColumns[layout].every((role) => index.has(role)));
  const isHalfBox = layouts.length > 0 && box === undefined;
  const saysSomething = index.has('category') || box !== undefined || index.has('caption');
  if (!index.has('fileName') || isHalfBox || !saysSomething) return undefined;

  const used = new Set(index.values());
  return {
    header,
    index,
    others: header
      .map((name, i) => ({ name, index: i }))
      .filter((other) => other.name !== '' && !used.has(other.index)),
    box,
    isOpenImages: plain.includes('imageid') && plain.includes('labelname'),
  };
}

function move(index: Map<ColumnRole, number>, from: ColumnRole, to: ColumnRole): void {
  const column = index.get(from);
  if (column === undefined) return;
  index.delete(from);
  index.set(to, column);
}
