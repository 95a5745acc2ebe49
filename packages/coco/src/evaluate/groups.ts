// Groups of objects that are compared with each other. Most pictures hold few of the categories, so
// only the groups that have objects are listed: the work grows with the objects, not with
// pictures × categories.

import type { RowRange, Rows } from './rows.ts';

/** Objects meet within one picture and category, or within one picture whatever their category. */
export type GroupBy = 'category' | 'image';

/** Rows of a group are neighbours, groups of a slot too. */
export interface Groups {
  readonly count: number;
  /** First truth row of each group, and the number of truth rows at the end. */
  readonly truthStart: Int32Array;
  readonly detectionStart: Int32Array;
  /** What is summed up together: a slot per category, or one slot where groups are pictures. */
  readonly slotCount: number;
  /** First group of each slot, and the number of groups at the end. */
  readonly slotStart: Int32Array;
}

/** @param truths both lists of rows are sorted by slot, then by picture */
export function groupRows(
  truths: Rows,
  detections: Rows,
  groupBy: GroupBy,
  categoryCount: number,
): Groups {
  const slotCount = groupBy === 'category' ? categoryCount : 1;
  const slotOf = groupBy === 'category' ? (rows: Rows, row: number) => rows.category[row] : () => 0;
  const isBefore = (rows: Rows, row: number, slot: number, image: number) => {
    if (row === rows.record.length) return false;
    const slotHere = slotOf(rows, row);
    return slotHere < slot || (slotHere === slot && rows.image[row] < image);
  };

  const mostGroups = truths.record.length + detections.record.length;
  const truthStart = new Int32Array(mostGroups + 1);
  const detectionStart = new Int32Array(mostGroups + 1);
  const slotStart = new Int32Array(slotCount + 1);
  let count = 0;
  let startedSlots = 0;
  let truth = 0;
  let detection = 0;
  while (truth < truths.record.length || detection < detections.record.length) {
    const detectionIsFirst =
      truth === truths.record.length ||
      isBefore(detections, detection, slotOf(truths, truth), truths.image[truth]);
    const rows = detectionIsFirst ? detections : truths;
    const row = detectionIsFirst ? detection : truth;
    const slot = slotOf(rows, row);
    while (startedSlots <= slot) slotStart[startedSlots++] = count;
    truthStart[count] = truth;
    detectionStart[count] = detection;
    count++;
    const nextImage = rows.image[row] + 1;
    while (isBefore(truths, truth, slot, nextImage)) truth++;
    while (isBefore(detections, detection, slot, nextImage)) detection++;
  }
  truthStart[count] = truth;
  detectionStart[count] = detection;
  slotStart.fill(count, startedSlots);
  return {
    count,
    truthStart: truthStart.subarray(0, count + 1),
    detectionStart: detectionStart.subarray(0, count + 1),
    slotCount,
    slotStart,
  };
}

export function truthRange(groups: Groups, group: number): RowRange {
  const first = groups.truthStart[group];
  return { first, count: groups.truthStart[group + 1] - first };
}

/** @param limit how many detections of a group take part; those of the highest score do */
export function detectionRange(groups: Groups, group: number, limit: number): RowRange {
  const first = groups.detectionStart[group];
  return { first, count: Math.min(limit, groups.detectionStart[group + 1] - first) };
}

/** The detections of a whole slot. */
export function slotDetectionRange(groups: Groups, slot: number): RowRange {
  const first = groups.detectionStart[groups.slotStart[slot]];
  return { first, count: groups.detectionStart[groups.slotStart[slot + 1]] - first };
}

/** How large the largest group and slot are: the room that work on one after the other needs. */
export function largestSizes(groups: Groups, limit: number) {
  const largest = {
    groupDetections: 0,
    groupPairs: 0,
    slotDetections: 0,
    /** Detections in groups that have truths too. */
    slotComparedDetections: 0,
  };
  for (let slot = 0; slot < groups.slotCount; slot++) {
    let compared = 0;
    for (let group = groups.slotStart[slot]; group < groups.slotStart[slot + 1]; group++) {
      const detections = detectionRange(groups, group, limit).count;
      const truths = truthRange(groups, group).count;
      if (truths > 0) compared += detections;
      largest.groupDetections = Math.max(largest.groupDetections, detections);
      largest.groupPairs = Math.max(largest.groupPairs, detections * truths);
    }
    const { count } = slotDetectionRange(groups, slot);
    largest.slotDetections = Math.max(largest.slotDetections, count);
    largest.slotComparedDetections = Math.max(largest.slotComparedDetections, compared);
  }
  return largest;
}
