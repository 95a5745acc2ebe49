// One object in the list beside its picture: whose work it is, what it is, whether somebody has looked at it.

import { Badge } from '@mantine/core';
import { originKind } from '@migaki/annotator';
import type { Annotation } from '@migaki/api';
import {
  IconBan,
  IconEyeCheck,
  IconRobot,
  IconSparkles,
  IconUpload,
  IconUser,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';

interface ObjectRowProps {
  annotation: Annotation;
  isFocused: boolean;
  onHover: (annotationId: number | null) => void;
  onFocus: (annotationId: number | null) => void;
}

const originIcons = { human: IconUser, import: IconUpload, model: IconRobot };

export function ObjectRow({ annotation, isFocused, onHover, onFocus }: ObjectRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, bbox, segmentation, keypoints, score, origin, state, caption, iscrowd, reviewed } =
    annotation;
  const kind = originKind(origin);
  const Icon = originIcons[kind];
  const shapes = [
    segmentation !== null && (Array.isArray(segmentation) ? t('shapes.polygon') : t('shapes.mask')),
    segmentation === null && bbox !== null && t('shapes.box'),
    keypoints !== null && keypoints.length > 0 && t('shapes.keypoints'),
    iscrowd === 1 && t('shapes.crowd'),
  ].filter((name) => name !== false);
  const shape = shapes.length === 0 ? t('shapes.label') : shapes.join(' + ');
  const extent = bbox === null ? '' : `${Math.round(bbox[2])} × ${Math.round(bbox[3])}`;
  return (
    <button
      type="button"
      className="object-row"
      data-state={state}
      aria-pressed={isFocused}
      ref={(element) => {
        if (isFocused) element?.scrollIntoView({ block: 'nearest' });
      }}
      onMouseEnter={() => onHover(id)}
      onMouseLeave={() => onHover(null)}
      onFocus={() => onHover(id)}
      onBlur={() => onHover(null)}
      onClick={() => onFocus(isFocused ? null : id)}
      title={Object.entries(annotation.attributes)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join('\n')}
    >
      <Icon size={13} aria-label={kind === 'model' ? origin : t(`origins.${kind}`)} />
      <span className="object-id">#{id}</span>
      <span className="object-shape">{caption ?? shape}</span>
      <span className="object-extent">{extent}</span>
      {score !== null && (
        <Badge size="xs" variant="light" color={state === 'proposed' ? 'orange' : 'gray'}>
          {score.toFixed(2)}
        </Badge>
      )}
      {state === 'proposed' && (
        <span className="tile-proposals" title={t('states.proposed')}>
          <IconSparkles size={14} aria-label={t('states.proposed')} />
        </span>
      )}
      {state === 'rejected' && <IconBan size={14} aria-label={t('states.rejected')} />}
      {reviewed !== null && state === 'accepted' && (
        <span
          className="tile-reviewed"
          title={
            reviewed.by === ''
              ? t('grid.reviewed')
              : `${t('detail.reviewedBy', { name: reviewed.by })} · ${format.ago(reviewed.at)}`
          }
        >
          <IconEyeCheck size={14} aria-label={t('grid.reviewed')} />
        </span>
      )}
    </button>
  );
}
