// Everything this package offers, one block per folder.

// access/
export {
  type ApiToken,
  createApiToken,
  deleteApiToken,
  findApiToken,
  listApiTokens,
} from './access/api-token.ts';
export { type AddedToKnown, countAddedToKnown } from './annotations/added-to-known.ts';
export {
  type AnnotationHistoryEntry,
  annotationHistory,
} from './annotations/annotation-history.ts';
// annotations/
export {
  applyBulkEdit,
  type BulkEdit,
  type BulkResult,
  type Target,
} from './annotations/apply-bulk-edit.ts';
export { applyEdits, type EditResult } from './annotations/apply-edits.ts';
export { countOtherCategories } from './annotations/count-other-categories.ts';
export type { Edit } from './annotations/edit.ts';
export { type ImageChanges, imageChanges } from './annotations/image-changes.ts';
export {
  annotationsGoneWith,
  annotationsOfImages,
  type LiveAnnotation,
} from './annotations/live-annotation.ts';
export {
  type ImageProposals,
  type ProposalsReplaced,
  type Proposer,
  replaceProposals,
} from './annotations/replace-proposals.ts';
export { type ShapeName, shapeNames } from './annotations/shapes.ts';
export {
  type StagedResult,
  type StagedResults,
  withStagedResults,
} from './annotations/staged-results.ts';
export {
  type RemovedAnnotation,
  removedAnnotations,
  removedFromImage,
} from './annotations/trash.ts';
// backup/
export {
  type LoadOptions,
  loadSnapshot,
  refuseUnlessAlone,
  refuseUnlessLoadable,
  type SavedSnapshot,
} from './backup/load-snapshot.ts';
export {
  type Snapshot,
  type SnapshotTable,
  unnamedBlobs,
  withSnapshot,
} from './backup/snapshot.ts';
// blobs/
export type {
  BlobSource,
  BlobStore,
  ByteRange,
  DerivedFiles,
  ListedBlob,
  StoredBlob,
} from './blobs/blob-store.ts';
export { openFolderBlobs } from './blobs/folder-blobs.ts';
// coco-files/
export {
  type CocoRoot,
  type ExportOptions,
  exportCoco,
  type LeftBehind,
} from './coco-files/export-coco.ts';
export { type ImportOptions, type ImportResult, importCoco } from './coco-files/import-coco.ts';
export { type LeftOutEntry, type LeftOutReason, leftOutReasons } from './coco-files/left-out.ts';
export { batchesOf, type CocoBatches, type StagingProgress } from './coco-files/staging.ts';
export { type VersionExtent, versionExtent } from './coco-files/version-extent.ts';
// controls/
export {
  controlsOf,
  type KnownControl,
  type PictureControl,
} from './controls/control-picture.ts';
export {
  controlShares,
  measureWith,
} from './controls/control-shares.ts';
export type { CorrectionWork, LabelOrigins } from './controls/label-origins.ts';
export {
  type ControlFindings,
  controlFindings,
  datasetSavings,
  type Savings,
  type TimedArm,
} from './controls/savings.ts';
export { settleControls } from './controls/settle-controls.ts';
export {
  dismissSlipped,
  endMistakes,
  endMistakesOfCategories,
  listSlippedMistakes,
  putSlippedRight,
  type SlippedMistake,
  takeSlippedBack,
} from './controls/slipped-mistakes.ts';
// database/
export { migrate } from './database/migrate.ts';
export type { Migration } from './database/migration.ts';
export { openStore, type SqlExecutor, type Store } from './database/store.ts';
export {
  type AnnotationState,
  annotationStates,
  type ControlShares,
  type ImageStatus,
  imageStatuses,
} from './database/tables.ts';
// datasets/
export * from './datasets/category.ts';
export { countTouched, type Touched } from './datasets/count-touched.ts';
export * from './datasets/dataset.ts';
export { type DatasetStamp, datasetStamps } from './datasets/dataset-stamps.ts';
export {
  type ChangeKind,
  type DiffSummary,
  diffImages,
  diffSummary,
  type ImageDiff,
} from './datasets/diff.ts';
export { listRevisions, type Revision, type TouchedCount } from './datasets/list-revisions.ts';
export { type RecentChange, recentChanges } from './datasets/recent-changes.ts';
export { type RestoreResult, restoreVersion } from './datasets/restore-version.ts';
export type { ChangeContext, Revised, Transfer } from './datasets/revise.ts';
export * from './datasets/saved-view.ts';
export { revisionsOfJob, takeBackJob } from './datasets/take-back-job.ts';
export { undoWithArrival } from './datasets/undo-move.ts';
export { undoRevision, undoRevisions } from './datasets/undo-revision.ts';
export * from './datasets/untouched-dataset.ts';
export * from './datasets/version.ts';
// disk-full
export { nameDiskFull } from './disk-full.ts';
export { usualCountsOf } from './doubt/keep-doubts.ts';
export { type DoubtedObject, pictureDoubts } from './doubt/picture-doubt.ts';
// embeddings/
export {
  type DatasetEmbeddings,
  getEmbeddings,
  type ImageEmbedding,
  replaceEmbeddings,
} from './embeddings/dataset-embeddings.ts';
export { type EmbeddingMap, embeddingMap } from './embeddings/embedding-map.ts';
export {
  type ImageToLabel,
  listNextToLabel,
  replaceNextToLabel,
} from './embeddings/next-to-label.ts';
export {
  type DatasetObjectEmbeddings,
  getObjectEmbeddings,
  type ObjectEmbedding,
  replaceObjectEmbeddings,
} from './embeddings/object-embeddings.ts';
export {
  datasetObjectVectors,
  forgetVectorsOfDeletedObjects,
  putObjectVectors,
  type SeenObject,
  type UnseenObjects,
  unseenObjects,
} from './embeddings/object-vectors.ts';
export { similarImages, similarObjects } from './embeddings/similar.ts';
export {
  datasetVectors,
  forgetVectorsOfDeletedModels,
  putVectors,
  type SeenPicture,
  type UnseenImage,
  uncertaintiesOf,
  unseenImages,
} from './embeddings/vectors.ts';
// evaluations/
export { addEvaluation, type NewEvaluation } from './evaluations/add-evaluation.ts';
export {
  deleteEvaluation,
  type Evaluation,
  type EvaluationSummary,
  getEvaluation,
  listEvaluations,
} from './evaluations/evaluation.ts';
export type {
  JudgementRecord,
  LeftOut,
  MeasuredAgainst,
  ScoreRanking,
} from './evaluations/evaluation-record.ts';
export {
  compareEvaluations,
  type EvaluationDifferences,
  type Judgement,
  type JudgementFilter,
  listJudgements,
} from './evaluations/judgements.ts';
export { datasetRounds, type Round } from './evaluations/rounds.ts';
export { type MeasuredRankings, scoreRankings } from './evaluations/score-rankings.ts';
// images/
export { type AddPicturesResult, addPictures, type NewPicture } from './images/add-pictures.ts';
export type { FieldChange, ImageField } from './images/field-changes.ts';
export { getImage, getImages, type Image, imagesNamed } from './images/image.ts';
export {
  type CommentChange,
  type ImageHistoryEntry,
  imageHistory,
  type ObjectChange,
} from './images/image-history.ts';
export { type ImageName, imageNames } from './images/image-names.ts';
export { lookForPictures } from './images/look-for-pictures.ts';
// jobs/
export {
  finishedJobStates,
  type Job,
  type JobFailure,
  type JobHooks,
  type JobLogLevel,
  type JobLogLine,
  type JobProgress,
  type JobState,
  jobStates,
} from './jobs/job.ts';
export type { JobEvent } from './jobs/job-events.ts';
export {
  type JobContext,
  type JobHandler,
  type JobHandlerOptions,
  JobInterruption,
} from './jobs/job-run.ts';
export { type JobFilter, type Jobs, type JobsOptions, type NewJob, openJobs } from './jobs/jobs.ts';
// mistakes/
export {
  dismissSuspicions,
  type LabelSuspicion,
  listSuspicions,
  type SuspicionFilter,
} from './mistakes/label-suspicion.ts';
export {
  type ImageSuspicions,
  type NewSuspicion,
  replaceSuspicions,
  settleSuspicions,
} from './mistakes/replace-suspicions.ts';
export {
  changeModel,
  changeModelVersion,
  deleteModel,
  deleteModelVersion,
  removeModelAlias,
  setModelAlias,
} from './models/change-model.ts';
export {
  datasetLineage,
  type ModelLineage,
  modelLineage,
  type UsedVersion,
} from './models/lineage.ts';
// models/
export {
  addModelVersion,
  checkModelName,
  findModelVersion,
  getModel,
  getModelVersion,
  listModels,
  type Model,
  type ModelVersion,
  type NewModelVersion,
} from './models/model.ts';
export { connectionFromEnvironment } from './postgres/connection-from-environment.ts';
export { isDatabaseAway } from './postgres/database-away.ts';
// postgres/
export type { ClaimEvent } from './postgres/database-claim.ts';
export { openPool } from './postgres/open-pool.ts';
export { type RunningDatabase, startDatabase } from './postgres/start-database.ts';
export type { DatabaseEvent } from './postgres/supervise.ts';
// proposal-checks/
export {
  acceptProposals,
  drawProposalCheck,
  getProposalCheck,
  judgeProposal,
  type ProposalCheck,
  proposalScores,
  unfinishedProposalCheck,
} from './proposal-checks/proposal-check.ts';
export { type EstimatedShare, wilson } from './proposal-checks/wilson.ts';
// query/
export { type Operator, print, type Query, type Term } from './query/ast.ts';
export { type FacetCounts, type Facets, type FacetsOf, facets } from './query/facets.ts';
export { fields as queryFields, keyedFields as keyedQueryFields } from './query/fields.ts';
export * from './query/image-page.ts';
export type { ImageQuery } from './query/matches.ts';
export { matchingIds } from './query/matching-ids.ts';
export { type NumberField, numberFields } from './query/number-fields.ts';
export * from './query/object-page.ts';
export { parse } from './query/parse.ts';
export { sortKeys } from './query/sort.ts';
export { type Statistics, statistics } from './query/statistics.ts';
// review/
export { type CarryRoute, carryReview } from './review/carry-review.ts';
export type { NewComment } from './review/change-comments.ts';
export { type Comment, type CommentThread, commentsOf } from './review/comment.ts';
export { halfLookedOver } from './review/half-looked-over.ts';
export type { Review } from './review/review.ts';
// runs/
export {
  cancelLostRuns,
  changeRun,
  deleteRun,
  finishExternalRun,
  type RunNews,
  runHooks,
  tellRun,
} from './runs/change-run.ts';
export { listRuns, type RunFilter, type RunPage } from './runs/list-runs.ts';
export {
  beginExternalRun,
  type NewTraining,
  resumeTrainingRun,
  startTrainingRun,
  trainJobKind,
} from './runs/new-run.ts';
export { pinVersion } from './runs/pin-version.ts';
export { getRun, getRuns, type Run } from './runs/run.ts';
export { getRunFile, listRunFiles, putRunFile, type RunFile } from './runs/run-files.ts';
export {
  addRunPoints,
  type Curve,
  cutRunPoints,
  latestValues,
  logRunPoints,
  type RunPoint,
  runCurves,
} from './runs/run-points.ts';
export type {
  ModelReference,
  PinnedDataset,
  RunFailure,
  SampleAnswer,
  SampleObject,
} from './runs/run-record.ts';
export { addRunSamples, type RunSample, runSamples, sampledSteps } from './runs/run-samples.ts';
export { type ChangeStamps, changeStamps } from './runs/stamps.ts';
// store-error
export * from './store-error.ts';
// work-time/
export { addWorkTime, type WorkStretch } from './work-time/add-work-time.ts';
export { type WorkRow, type WorkUnit, workRows, workUnits } from './work-time/work-rows.ts';
export { type WorkStatistics, workStatistics } from './work-time/work-statistics.ts';
