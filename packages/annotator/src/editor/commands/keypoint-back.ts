// Backspace with the keypoint tool.

import { isBoxOfPoints, reshape } from '../../document/annotation-object.ts';
import type { ObjectId } from '../../document/object-map.ts';
import { labelledKeypoints, withKeypointVisibility } from '../../operations/pose.ts';
import { changed } from '../../tools/drawing.ts';
import { type KeypointsIdle, keypointsIdle } from '../../tools/keypoints/state.ts';
import { changedId } from '../../transaction/change.ts';
import type { Transaction } from '../../transaction/transaction.ts';
import { commit, undo } from '../commit.ts';
import { type EditorState, editableSelection, type Update, unchanged } from '../state.ts';
import { told } from './command.ts';

/**
 * Takes back the keypoint that was set or left out last. What this hand has just set is undone, so that it can be made again; of a
 * pose that came otherwise its last point goes, and the pose with it where nothing else would be left of it.
 */
export function keypointBack(state: EditorState, tool: KeypointsIdle, atMillis: number): Update {
  const [pose, ...others] = editableSelection(state);
  const { skipped } = tool;
  const isOfPose = others.length === 0 && skipped.pose === (pose?.id ?? null);
  const left = isOfPose ? (skipped.keypoints.at(-1) ?? -1) : -1;
  const last = labelledKeypoints(pose).at(-1) ?? -1;
  if (left > last) {
    const keypoints = skipped.keypoints.slice(0, -1);
    return unchanged({ ...state, tool: { ...tool, skipped: { ...skipped, keypoints } } });
  }
  if (pose === undefined || others.length > 0 || last < 0) return told(state, 'nothing-to-undo');
  if (setsKeypoint(state.history.done.at(-1), pose.id)) {
    const undone = undo(state, atMillis);
    const isThere = undone.state.document.objects.has(pose.id);
    const kept = isThere ? tool : keypointsIdle;
    return { ...undone, state: { ...undone.state, tool: kept } };
  }
  const keypoints = withKeypointVisibility(pose.keypoints!, last, 0);
  const isGone = isBoxOfPoints(pose) && labelledKeypoints({ keypoints }).length === 0;
  const [label, changes] = isGone
    ? (['delete', [{ type: 'delete', object: pose } as const]] as const)
    : ([
        'keypoints',
        changed(pose, reshape(pose, { keypoints }), 'keypoints')?.changes ?? [],
      ] as const);
  return unchanged(commit(state, { label, changes }, atMillis));
}

function setsKeypoint(entry: Transaction | undefined, id: ObjectId): boolean {
  const [change, ...others] = entry?.changes ?? [];
  if (change === undefined || others.length > 0 || changedId(change) !== id) return false;
  if (change.type === 'add') return entry!.label === 'draw';
  if (change.type !== 'change') return false;
  const { before, after } = change;
  return labelledKeypoints(after).length > labelledKeypoints(before).length;
}
