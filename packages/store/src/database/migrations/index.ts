// Every migration, in the order in which they run. A published one is never changed.

import type { Migration } from '../migration.ts';
import { datasets } from './0001-datasets.ts';
import { jobs } from './0002-jobs.ts';
import { apiTokens } from './0003-api-tokens.ts';
import { imageHistory } from './0004-image-history.ts';
import { imageTallies } from './0005-image-tallies.ts';
import { review } from './0006-review.ts';
import { phrases } from './0007-phrases.ts';
import { objectAreas } from './0008-object-areas.ts';
import { runs } from './0009-runs.ts';
import { labelSuspicions } from './0010-label-suspicions.ts';
import { embeddings } from './0011-embeddings.ts';
import { evaluations } from './0012-evaluations.ts';
import { doubts } from './0013-doubts.ts';
import { proposalChecks } from './0014-proposal-checks.ts';
import { nextToLabel } from './0015-next-to-label.ts';
import { uncertainties } from './0016-uncertainties.ts';
import { scoreRankings } from './0017-score-rankings.ts';
import { blindControls } from './0018-blind-controls.ts';
import { objectEmbeddings } from './0019-object-embeddings.ts';
import { deletedModels } from './0020-deleted-models.ts';
import { measuredAgainst } from './0021-measured-against.ts';
import { controlShares } from './0022-control-shares.ts';
import { objectsAlone } from './0023-objects-alone.ts';

export const migrations: readonly Migration[] = [
  datasets,
  jobs,
  apiTokens,
  imageHistory,
  imageTallies,
  review,
  phrases,
  objectAreas,
  runs,
  labelSuspicions,
  embeddings,
  evaluations,
  doubts,
  proposalChecks,
  nextToLabel,
  uncertainties,
  scoreRankings,
  blindControls,
  objectEmbeddings,
  deletedModels,
  measuredAgainst,
  controlShares,
  objectsAlone,
];
