// Everything this package offers.

export { type LayoutOptions, layOut } from './lay-out.ts';
export { nearDuplicates } from './near-duplicates.ts';
export { type Nearest, nearest } from './nearest.ts';
export {
  type NeighbourGraph,
  type NeighbourGraphOptions,
  neighbourGraph,
} from './neighbour-graph.ts';
export { type Choice, type NextToLabelOptions, nextToLabel } from './next-to-label.ts';
export { outlierScoresByGroup } from './outlier-of-group.ts';
export { outlierScores } from './outlier-scores.ts';
export { dot, normalised, rowOf, type Vectors, vectorsOf } from './vectors.ts';
