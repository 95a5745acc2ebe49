// The passes that only make a graph smaller, together.

import type { Graph } from '../ir/graph.ts';
import { foldConstants } from './fold-constants.ts';
import { inferShapes } from './infer-shapes.ts';
import { removeIdentities } from './remove-identities.ts';
import { removeUnused } from './remove-unused.ts';
import { shareCommon } from './share-common.ts';

/**
 * The same outputs from fewer nodes: constants folded, equal nodes merged, identities and unused nodes removed, shapes
 * inferred.
 */
export function simplify(graph: Graph): Graph {
  const passes = [
    removeUnused,
    foldConstants,
    removeIdentities,
    shareCommon,
    removeUnused,
    inferShapes,
  ];
  return passes.reduce((simpler, pass) => pass(simpler), graph);
}
