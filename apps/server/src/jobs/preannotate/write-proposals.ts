import { type ImageProposals, replaceProposals, type Store } from '@migaki/store';
import { type ControlCounts, countControls } from './with-controls.ts';

/** What jobs that propose tell of what they have written. */
export interface ProposalCounts extends ControlCounts {
  proposals: number;
  /** Of before, that are gone. */
  proposalsWithdrawn: number;
  /** Found again where somebody has decided already. */
  decided: number;
}

export const nothingProposed: Readonly<ProposalCounts> = {
  proposals: 0,
  proposalsWithdrawn: 0,
  decided: 0,
  picturesWithoutProposals: 0,
  mistakesSlippedIn: 0,
};

interface Proposer {
  datasetId: number;
  /** In whose name. */
  model: Parameters<typeof replaceProposals>[2];
  author: string;
  jobId: string;
}

/** Writes what is proposed on some pictures under one revision, and adds what came of it to the counts. */
export async function writeProposals(
  store: Store,
  { datasetId, model, author, jobId }: Proposer,
  proposals: readonly ImageProposals[],
  counts: ProposalCounts,
): Promise<void> {
  const written = await replaceProposals(store, datasetId, model, proposals, { author, jobId });
  counts.proposals += written.proposedCount;
  counts.proposalsWithdrawn += written.withdrawnCount;
  counts.decided += written.decidedCount;
  const { picturesWithoutProposals, mistakesSlippedIn } = countControls(proposals);
  counts.picturesWithoutProposals += picturesWithoutProposals;
  counts.mistakesSlippedIn += mistakesSlippedIn;
}
