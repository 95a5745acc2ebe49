// Everything this package offers, one block per folder.

export * from './coco-error.ts';
// convert
export { coco, splitOfPath } from './convert/coco.ts';
export { captionsOf, isPictureLabel, splitOf } from './convert/conventions.ts';
export { csv } from './convert/csv/csv.ts';
export { cvat } from './convert/cvat/cvat.ts';
export { folderPerClass } from './convert/folder-per-class.ts';
export type {
  AnnotationFormat,
  OutputFile,
  ReadPart,
  ReadResult,
  SourceTree,
  WriteOptions,
  WriteResult,
  WriteTask,
} from './convert/format.ts';
export {
  type Conversion,
  convert,
  type FormatName,
  formatByName,
  formats,
  recogniseFormat,
} from './convert/formats.ts';
export { readInParts } from './convert/in-parts.ts';
export { labelStudio } from './convert/label-studio/label-studio.ts';
export { labelme } from './convert/labelme/labelme.ts';
export { type Loss, type LossFeature, LossList, lossFeatures } from './convert/loss.ts';
export { memoryTree, treeOfFiles, wholeText } from './convert/memory-tree.ts';
export type { PictureSize } from './convert/picture-index.ts';
export { possibleLosses } from './convert/possible-losses.ts';
export { isPicturePath } from './convert/safe-path.ts';
export { voc } from './convert/voc/voc.ts';
export { yolo } from './convert/yolo/yolo.ts';
// corrections
export {
  type ActionCounts,
  actionsFor,
  actionsFromScratch,
  type CorrectableObject,
  type Correction,
  type CorrectionCounts,
  type CorrectionKind,
  type CorrectionOptions,
  correctionActions,
  correctionKinds,
  countActions,
  noCorrections,
} from './corrections/correction-actions.ts';
// evaluate
export {
  type ConfusionClass,
  type ConfusionMatrix,
  type ConfusionOptions,
  type ConfusionPair,
  confusedPairs,
  confusionMatrix,
} from './evaluate/confusion-matrix.ts';
export { type DiagnoseOptions, diagnose } from './evaluate/diagnose.ts';
export {
  type CategoryDiagnosis,
  type DetectionDiagnosis,
  type Diagnosis,
  type FalsePositiveReason,
  falsePositiveReasons,
  type TruthDiagnosis,
} from './evaluate/diagnosis.ts';
export { type Evaluation, evaluate } from './evaluate/evaluate.ts';
export { type Oks, oksFor } from './evaluate/oks.ts';
export {
  type AreaRange,
  type EvaluationOptions,
  type EvaluationParams,
  type IouType,
  personSigmas,
} from './evaluate/params.ts';
export { type AreaScores, scoresPerArea } from './evaluate/per-area.ts';
export { type CategoryScores, scoresPerCategory } from './evaluate/per-category.ts';
export {
  type CurvePoint,
  type CurveSelection,
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from './evaluate/pr-curve.ts';
export {
  mostPreciseStep,
  type ScoreStep,
  scoreSteps,
  stepOfPrecision,
} from './evaluate/score-steps.ts';
export { meanScore, type ScoreSelection, type ScoreTables } from './evaluate/score-tables.ts';
// file
export { inLargePieces } from './file/in-large-pieces.ts';
export {
  type CocoFile,
  type OddityAtPath,
  type ReadCocoOptions,
  readCoco,
} from './file/read-coco.ts';
export { type WritableSection, writeCoco } from './file/write-coco.ts';
// json
export type { ByteSource } from './json/byte-source.ts';
export {
  type JsonBatch,
  type JsonOddityAtPath,
  type StreamJsonLimits,
  streamJson,
} from './json/stream-json.ts';
// keypoints
export { type CarriedPose, carriedPose, type KeypointNames } from './keypoints/carried-pose.ts';
export { keypointsBbox } from './keypoints/keypoints-bbox.ts';
// mask
export { mergeRles, subtractRle } from './mask/combine.ts';
export { bboxIou, bboxIous, rleIou, rleIous } from './mask/iou.ts';
export { type Outline, outlinesFromRle } from './mask/outline.ts';
export { type PolygonOptions, polygonsFromRle } from './mask/polygons.ts';
export { rleFromBbox, rleFromPolygon } from './mask/rasterize.ts';
export {
  bitmapFromRle,
  checkRle,
  type Rle,
  rleArea,
  rleBbox,
  rleFromBitmap,
} from './mask/rle.ts';
export {
  compressedFromRle,
  rleFromText,
  textFromRle,
  uncompressedFromRle,
} from './mask/rle-text.ts';
export { isSegmentation, rleFromSegmentation } from './mask/segmentation.ts';
export { simplifyPolygon } from './mask/simplify.ts';
// mistakes
export {
  isConfidentlyOther,
  type LabelConfidence,
  noConfidence,
  type RivalClass,
  rivalOf,
  withConfidence,
} from './mistakes/label-confidence.ts';
export {
  type Finding,
  type MistakeKind,
  mistakeKinds,
  type ObjectMistake,
  objectMistakes,
  type PlacedLabel,
} from './mistakes/object-mistakes.ts';
export {
  type Proposal,
  type SlippedKind,
  type SlippedMistake,
  slipMistake,
  slippedKinds,
} from './mistakes/slip-mistake.ts';
export { type SpoiledLabels, spoilLabels } from './mistakes/spoil-labels.ts';
// phrase
export {
  type Fault,
  type FilledPhrase,
  type FixedPhrase,
  faultPhrase,
  fill,
  inEnglish,
  type Phrase,
  phrase,
  type Words,
} from './phrase.ts';
export * from './types.ts';

// validate
export {
  type Problem,
  type ProblemCode,
  problemKinds,
  type Severity,
} from './validate/problem.ts';
export { type Validation, validateCoco } from './validate/validate-coco.ts';
