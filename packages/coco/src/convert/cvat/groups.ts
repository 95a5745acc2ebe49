// Several shapes of CVAT that are one object in COCO. CVAT has no shape of several parts; its users give the
// parts one `group_id`, and its COCO export makes one object of a group. Here a group is one object only
// where COCO can say so: parts of an outline (with the skeleton inside it, if there is one), or a box and its
// skeleton, all of one label. Other groups, several people at a table say, stay apart and keep their
// `group_id` as an attribute.

/** What a shape can be of an object of several shapes. */
export type ShapeRole = 'box' | 'outline' | 'keypoints' | 'alone';

/** Whether shapes of one group and label are one object. */
export function isOneObject(roles: readonly ShapeRole[]): boolean {
  const count = (role: ShapeRole) => roles.filter((other) => other === role).length;
  if (roles.length < 2 || count('alone') > 0 || count('keypoints') > 1) return false;
  return count('outline') > 0 ? count('box') === 0 : count('box') === 1 && count('keypoints') === 1;
}

/** Shapes that belong to a group, by group and label. */
export function byGroupAndLabel<T extends { group: number; label: string }>(
  shapes: readonly T[],
): T[][] {
  const grouped = shapes.filter(({ group }) => group > 0);
  return [...Map.groupBy(grouped, ({ group, label }) => `${group} ${label}`).values()];
}
