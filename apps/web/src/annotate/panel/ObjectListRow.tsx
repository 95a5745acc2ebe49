// One object in the list: what it is, whose it is, how sure a model was of it.

import { Badge } from '@mantine/core';
import { type AnnotationObject, type ObjectId, originKind } from '@migaki/annotator';
import { IconRobot, IconUpload, IconUser } from '@tabler/icons-react';
import { type MouseEvent, memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hoverFromList } from '../canvas/list-hover.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { FlagButtons } from './FlagButtons.tsx';
import { rowStyle } from './object-rows.ts';
import { useShapeText } from './use-shape-text.ts';

interface ObjectListRowProps {
  object: AnnotationObject;
  color: string;
  /** In the list, CSS pixels. */
  top: number;
  onChoose: (id: ObjectId, event: MouseEvent) => void;
}

const originIcons = { human: IconUser, import: IconUpload, model: IconRobot };

export const ObjectListRow = memo(function ObjectListRow(props: ObjectListRowProps) {
  const { object, color, top, onChoose } = props;
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const shapeText = useShapeText();
  const { id, score, state, caption, origin } = object;
  const isSelected = useEditor(({ selection }) => selection.includes(id));
  const annotationId = useEditor(({ sync }) => sync.identities.annotationIds.get(id) ?? id);
  const kind = originKind(origin);
  const Icon = originIcons[kind];
  const ids = useMemo(() => [id], [id]);
  const name = annotationId < 0 ? t('annotate.panel.unsaved') : `#${annotationId}`;
  return (
    <div
      id={`annotate-object-${id}`}
      className="annotate-row annotate-object"
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      data-state={state}
      style={rowStyle(top)}
      onMouseEnter={() => hoverFromList.tell(id)}
      onMouseLeave={() => hoverFromList.tell(null)}
      onClick={(event) => onChoose(id, event)}
      onDoubleClick={() => dispatch({ type: 'command', name: 'view.zoom-to-object' })}
      onKeyDown={() => {}}
    >
      <Icon size={13} color={color} aria-label={kind === 'model' ? origin : t(`origins.${kind}`)} />
      <span className="annotate-row-id">{name}</span>
      <span className="annotate-row-name">{caption ?? shapeText(object)}</span>
      {score !== null && (
        <Badge size="xs" variant="light" color={state === 'proposed' ? 'orange' : 'gray'}>
          {score.toFixed(2)}
        </Badge>
      )}
      {state !== 'accepted' && (
        <Badge size="xs" variant="outline" color={state === 'proposed' ? 'orange' : 'gray'}>
          {t(`states.${state}`)}
        </Badge>
      )}
      <FlagButtons ids={ids} name={name} />
    </div>
  );
});
