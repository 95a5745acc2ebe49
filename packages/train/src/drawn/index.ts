// What other parts of the product bring in of the drawn pictures.

export { randomOf } from '../random/random.ts';
export { drawnCells } from './cells.ts';
export { type DrawnSet, drawnPicture, writeDrawnSet } from './drawn-set.ts';
