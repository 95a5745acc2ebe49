// Everything this package offers, one block per folder.

// document
export {
  type AnnotationObject,
  emptyFields,
  type Geometry,
  isPictureLabel,
  type ObjectFields,
  type ObjectState,
  type Origin,
  placeOf,
  type Segmentation,
} from './document/annotation-object.ts';
export {
  type Category,
  categoryOf,
  type Document,
  type ImageStatus,
  type Picture,
} from './document/document.ts';
export { type ObjectId, ObjectMap } from './document/object-map.ts';
// editor
export type { Effect } from './editor/effect.ts';
export type { EditorEvent } from './editor/event.ts';
export { hasToFinish } from './editor/run-tool.ts';
export { fromSnapshot, isSnapshotOf, type Snapshot, snapshotOf } from './editor/snapshot.ts';
export {
  type Clipboard,
  createEditor,
  draft,
  type EditorInit,
  type EditorState,
  isEditable,
  isOffered,
  isVisible,
  type Update,
  upcomingKeypoint,
  visibleObjects,
} from './editor/state.ts';
export { update } from './editor/update.ts';
// geometry
export { type Box, boxAround, boxFromCorners, unionBox } from './geometry/box.ts';
export { type Handle, handlePoint, handles, turnPoint } from './geometry/frame.ts';
export type { ImagePoint, ScreenPoint, Size } from './geometry/point.ts';
export { bridgedRing, type Region, regionsFromPolygons, ringsOf } from './geometry/region.ts';
export type { Ring } from './geometry/ring.ts';
export { type RotatedBox, rotatedBoxOf } from './geometry/rotated-box.ts';
// hit-test
export { nearestKeypoint, objectsAt, paintOrder, type RingPlace } from './hit-test/hit-test.ts';
export { idsNear } from './hit-test/spatial-index.ts';
// keymap
export { chordOf, type KeyPress } from './keymap/chord.ts';
export { type CommandGroup, type CommandName, commandNames, commands } from './keymap/commands.ts';
export {
  cheatSheet,
  conflictsIn,
  defaultKeymapSettings,
  type Keymap,
  type KeymapSettings,
  keymapOf,
  rebind,
} from './keymap/keymap.ts';
export { type Bindings, type PresetName, presetNames, presets } from './keymap/presets.ts';
// mask
export type { Brush } from './mask/brush.ts';
export { rleContains } from './mask/mask-of.ts';
export { type TiledMask, tileSide } from './mask/tiled-mask.ts';
// operations
export { interpolate, interpolateAt, type KeyFrame } from './operations/interpolate.ts';
export { withKeypointVisibility } from './operations/pose.ts';
export { splitByLine } from './operations/split.ts';
export { isKeyFrame, onTrack, type TrackId, trackOf } from './operations/track.ts';
// pixels
export type { PixelBuffer } from './pixels/pixel-buffer.ts';
export {
  type PixelResult,
  type PixelTask,
  type PixelWindow,
  runPixelTask,
  windowOf,
} from './pixels/pixel-task.ts';
export { type Failure, type FailureKind, failureOf } from './save/failure.ts';
// save
export { type Filling, fillBetween, type TrackedFrame } from './save/fill-between.ts';
export { annotationIdOf, objectIdOf } from './save/identities.ts';
export { canPropagate, type Frame, type Propagation, propagate } from './save/propagate.ts';
export * as saveQueue from './save/save-queue.ts';
export { type SaveQueue, type SaveStatus, saveFailure, saveStatus } from './save/save-queue.ts';
export { cocoSegmentation, type ServerEdit, serverFields } from './save/server-edit.ts';
export { fieldsFromServer, type ServerAnnotation } from './save/server-object.ts';
export {
  type Conflict,
  firstRefused,
  type SaveAnswer,
  type SaveRequest,
  type ServerObject,
} from './save/sync.ts';
// tools
export { type Notice, type NoticeCode, noticeCodes } from './tools/notice.ts';
export { type PolygonRole, polygonRoles } from './tools/polygon/state.ts';
export {
  canTurn,
  frameOf,
  type Grip,
  gripAt,
  turnHandleScreenPixels,
} from './tools/select/grip.ts';
export { defaultSettings, maxBrushPixels, type Settings } from './tools/settings.ts';
export type { Draft, Modifiers } from './tools/tool.ts';
export { type ToolName, type ToolState, toolNames, toolOf } from './tools/tool-state.ts';
export { type WandMode, wandModes } from './tools/wand/state.ts';
// transaction
export type { Change } from './transaction/change.ts';
export type { Remark } from './transaction/remark.ts';
export {
  categoriesOf,
  printTransaction,
  type Transaction,
  type TransactionLabel,
  touchedIds,
  transactionLabels,
} from './transaction/transaction.ts';
// view
export {
  type ColorBy,
  colorsOf,
  colorWays,
  type OriginKind,
  originKind,
  palette,
  textOn,
} from './view/colors.ts';
export { edgeSide, keypointSides, type Side, sideColors } from './view/keypoint-sides.ts';
export { defaultLook, isTrue, type Look, trueColors } from './view/look.ts';
export {
  levelFor,
  levelSize,
  type Pyramid,
  type PyramidTile,
  parentTile,
  pyramidOf,
  tileBox,
  visibleTiles,
} from './view/tile-pyramid.ts';
export {
  fitView,
  imageFromScreen,
  screenFromImage,
  type View,
  visibleBox,
  zoomToBox,
} from './view/view.ts';
// work time
export { type ToldWork, type WorkReport, workReport } from './work-time/work-report.ts';
export { noWorkTime, type WorkTime } from './work-time/work-time.ts';
