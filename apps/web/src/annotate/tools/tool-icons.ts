import type { ToolName } from '@migaki/annotator';
import {
  IconBrush,
  IconEraser,
  IconHandStop,
  IconLassoPolygon,
  IconPointer,
  IconPolygon,
  IconSlice,
  IconSquareDashed,
  IconSquareRotated,
  IconStretching2,
  IconTag,
  IconVector,
  IconWand,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

export const toolIcons: Record<ToolName, ComponentType<{ size?: number; stroke?: number }>> = {
  select: IconPointer,
  pan: IconHandStop,
  box: IconSquareDashed,
  // Leaning as the box does: another sign with an arrow would look like the tag.
  'rotated-box': IconSquareRotated,
  polygon: IconPolygon,
  brush: IconBrush,
  eraser: IconEraser,
  wand: IconWand,
  scissors: IconLassoPolygon,
  keypoints: IconStretching2,
  'extreme-points': IconVector,
  slice: IconSlice,
  tag: IconTag,
};

/** As the rail shows them: related ones together. */
export const toolGroups: readonly (readonly ToolName[])[] = [
  ['select', 'pan'],
  ['box', 'rotated-box', 'polygon', 'scissors'],
  ['brush', 'eraser', 'wand', 'extreme-points'],
  ['keypoints', 'slice', 'tag'],
];
