// The contract between the server and whoever calls it.

export * from './api-error.ts';
export * from './client.ts';
export * from './openapi.ts';
export * from './route.ts';
// What the routes carry
export type { Comment, CommentThread } from './routes/comments.ts';
export type { Category, CategoryFields, Dataset, DatasetSummary } from './routes/datasets.ts';
export type { BulkAction, Edit, ImageSelection, Selection } from './routes/edits.ts';
export type { EmbeddingMap, Embeddings, ImageToLabel } from './routes/embeddings.ts';
export {
  type Evaluation,
  type EvaluationSummary,
  favouredBy,
  type Judgement,
  type MeasuredAgainst,
  type Outcome,
  outcomes,
  type Round,
} from './routes/evaluations.ts';
export type {
  FieldChange,
  ImageField,
  ImageHistoryEntry,
  ObjectChange,
  ObjectHistoryEntry,
} from './routes/history.ts';
export {
  type Annotation,
  type Doubt,
  type Facets,
  type GridTile,
  type Image,
  type ImageChanges,
  type ImageSummary,
  type NumberField,
  type Overlay,
  objectOrders,
  type Pyramid,
  type Statistics,
  sortOrders,
} from './routes/images.ts';
export { type DatasetChange, type Job, type ServerEvent, serverEvent } from './routes/jobs.ts';
export type { LabelMistake } from './routes/mistakes.ts';
export {
  type Model,
  type ModelDetail,
  type ModelPrecision,
  type ModelVersion,
  modelPrecisions,
} from './routes/models.ts';
export {
  type EndpointProtocol,
  endpointProtocols,
  type PrecisionScores,
  protocolOf,
  type TensorOptions,
  tensorOptions,
  usualThreshold,
} from './routes/preannotation.ts';
export type { ProposalCheck } from './routes/proposal-checks.ts';
export {
  type Curve,
  type ModelReference,
  type PinnedDataset,
  type Run,
  type RunDetail,
  type RunFile,
  type RunState,
  runStates,
  type Sample,
  type SampleNeighbour,
  type SampleObject,
  type TrainSettingsBody,
  type TrainTask,
  trainTasks,
} from './routes/runs.ts';
export type { ControlFindings, Savings, SlippedMistake } from './routes/savings.ts';
export type { TransferReport } from './routes/transfers.ts';
export { exportFormats, importFormats, isMadeOfPictures, leftBehind } from './routes/transfers.ts';
export type { ListedRevision, Version } from './routes/versions.ts';
export type { SavedView } from './routes/views.ts';
export type { WorkStretch, WorkTime } from './routes/work-time.ts';
export { type RouteName, type Routes, routeGroups, routes } from './routes.ts';
