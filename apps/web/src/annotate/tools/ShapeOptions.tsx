// What can be done with the selected shapes.

import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import {
  IconBoxAlignTopLeft,
  IconCheck,
  IconCopy,
  IconDots,
  IconLayersDifference,
  IconLayersIntersect,
  IconLayersUnion,
  IconLine,
  IconPolygon,
  IconSparkles,
  IconSquareDashed,
  IconTrash,
  IconUsersGroup,
  IconX,
  IconZoomScan,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../bar/CommandButton.tsx';
import { CommandItems } from '../bar/CommandItems.tsx';
import { useEditor } from '../session/EditorContext.tsx';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const always: readonly (readonly [CommandName, Icon])[] = [
  ['view.zoom-to-object', IconZoomScan],
  ['edit.duplicate', IconCopy],
  ['edit.delete', IconTrash],
];
const ofSeveral: readonly (readonly [CommandName, Icon])[] = [
  ['shape.union', IconLayersUnion],
  ['shape.subtract', IconLayersDifference],
  ['shape.intersect', IconLayersIntersect],
];
const ofShapes: readonly (readonly [CommandName, Icon])[] = [
  ['shape.to-polygon', IconPolygon],
  ['shape.to-mask', IconSparkles],
  ['shape.to-box', IconSquareDashed],
  ['shape.simplify', IconLine],
  ['shape.split-parts', IconBoxAlignTopLeft],
  ['shape.crowd', IconUsersGroup],
];
const ofProposals: readonly (readonly [CommandName, Icon])[] = [
  ['edit.accept', IconCheck],
  ['edit.reject', IconX],
];
const others: readonly CommandName[] = [
  'edit.copy',
  'edit.propagate',
  'edit.interpolate',
  'select.similar',
  'select.hide',
  'select.lock',
];

export function ShapeOptions() {
  const { t } = useTranslation();
  const count = useEditor(({ selection }) => selection.length);
  const areProposed = useEditor(({ selection, document }) =>
    selection.some((id) => document.objects.get(id)?.state === 'proposed'),
  );
  if (count === 0) return null;
  const buttons = (list: typeof always) =>
    list.map(([name, icon]) => <CommandButton key={name} name={name} icon={icon} iconSize={16} />);
  return (
    <div className="annotate-shape-options">
      {areProposed && <div className="annotate-steps">{buttons(ofProposals)}</div>}
      <div className="annotate-steps">{buttons(always)}</div>
      {count > 1 && <div className="annotate-steps">{buttons(ofSeveral)}</div>}
      <div className="annotate-steps">{buttons(ofShapes)}</div>
      <Menu position="bottom-start">
        <Menu.Target>
          <Tooltip label={t('annotate.panel.more')}>
            <ActionIcon aria-label={t('annotate.panel.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <CommandItems names={others} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
