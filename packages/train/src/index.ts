// Everything this package offers, one block per folder.

// augment
export { type Flip, flips } from './augment/recipe.ts';
// export
export type { MeasuredPrecision, PrecisionsMeasured } from './export/compare-precisions.ts';
export { convertModel } from './export/convert-model.ts';
export { cardFormat, type ModelCard, type Precision, precisions } from './export/model-card.ts';
// hub
export { hubNameOf, type PullOptions, pullModel } from './hub/pull-model.ts';
// judge
export { judgeAnswers } from './judge/judge-answers.ts';
export type { ClassRanking, Judged, Judgement, JudgeOptions, Outcome } from './judge/judgement.ts';
// loop
export type { SampleAnswer, TrainEvent } from './loop/events.ts';
export type { RunPlan } from './loop/run-plan.ts';
export { checkSettings, type TrainSettings } from './loop/settings.ts';
// metrics
export type { Neighbour } from './metrics/nearest-neighbours.ts';
export {
  type Answered,
  isMoreBetter,
  primaryMetrics,
  type Scores,
} from './metrics/score-answers.ts';
export { readInitFile } from './networks/init-file.ts';
// networks
export { type Normalisation, normalisations } from './networks/normalisations.ts';
export { type NetworkSize, networkSizes } from './networks/residual.ts';
// pictures
export type { Raster } from './pictures/raster.ts';
export { readPicture } from './pictures/read-picture.ts';
export { answerUncertainty, saysHowUnsure } from './predict/answer-uncertainty.ts';
export { openEmbedder } from './predict/embedder.ts';
// predict
export { type Onlookers, openOnlookers, UnreadablePicture } from './predict/onlookers.ts';
export { cocoResults, type FoundObject, type PictureAnswer } from './predict/picture-answer.ts';
export {
  openPredictor,
  openPredictorFile,
  type Predictor,
  readModelCard,
} from './predict/predictor.ts';
// run
export {
  asLocated,
  type LocatedDataset,
  type RunRequest,
  runFiles,
  writeRunFolder,
} from './run/run-folder.ts';
export type { RunResult } from './run/run-training.ts';
export { type StartTrainingOptions, startTraining } from './run/start-training.ts';
export { withPictureLabels } from './samples/picture-labels.ts';
// samples
export {
  type ClassName,
  type LabelledPicture,
  type TrainingSet,
  trainingSetOf,
} from './samples/training-set.ts';
// tasks
export { type TaskName, type TaskPlan, taskNames } from './tasks/task-plan.ts';
export {
  TrainError,
  type TrainErrorCode,
  type TrainErrorDetails,
  trainErrorCodes,
} from './train-error.ts';
