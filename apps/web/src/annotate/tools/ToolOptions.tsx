// What can be set of the tool in hand, and how it is used. Whoever has no keyboard at hand finds here what keys do.

import { Text } from '@mantine/core';
import { type ToolName, toolOf } from '@migaki/annotator';
import { type ComponentType, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useSession } from '../session/EditorContext.tsx';
import { BrushOptions } from './BrushOptions.tsx';
import { DrawingButtons } from './DrawingButtons.tsx';
import { KeypointOptions } from './KeypointOptions.tsx';
import { PolygonOptions } from './PolygonOptions.tsx';
import { ShapeOptions } from './ShapeOptions.tsx';
import { SnapOptions } from './SnapOptions.tsx';
import { TagOptions } from './TagOptions.tsx';
import { ToleranceOption } from './ToleranceOption.tsx';
import { WandOptions } from './WandOptions.tsx';
import './tools.css';

const options: Record<ToolName, ComponentType | null> = {
  select: ShapeOptions,
  pan: null,
  box: SnapOptions,
  'rotated-box': SnapOptions,
  polygon: PolygonOptions,
  brush: BrushOptions,
  eraser: BrushOptions,
  wand: WandOptions,
  scissors: ToleranceOption,
  keypoints: KeypointOptions,
  'extreme-points': null,
  slice: null,
  tag: TagOptions,
};

const needsPixels: ReadonlySet<ToolName> = new Set(['wand', 'scissors', 'extreme-points']);

export function ToolOptions() {
  const { t } = useTranslation();
  const tool = useEditor((state) => toolOf(state.tool));
  const hasSelection = useEditor(({ selection }) => selection.length > 0);
  const { pixels } = useSession();
  // The first click shall not wait for them.
  useEffect(() => {
    if (needsPixels.has(tool)) pixels.prepare();
  }, [tool, pixels]);
  const Options = options[tool];
  // What is selected has more to offer than the tool that selects.
  const hidesHelp = tool === 'select' && hasSelection;
  return (
    <section className="annotate-options" aria-label={t('annotate.tools.options')} data-region>
      {Options !== null && <Options />}
      <DrawingButtons />
      {!hidesHelp && (
        <Text size="xs" c="dimmed" className="annotate-tool-help">
          {t(`annotate.tools.help.${tool}`)}
        </Text>
      )}
    </section>
  );
}
