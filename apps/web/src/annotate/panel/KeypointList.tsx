// The points of a pose by name: which are set, and which of those can be seen.

import { UnstyledButton } from '@mantine/core';
import {
  type AnnotationObject,
  categoryOf,
  keypointSides,
  type Side,
  withKeypointVisibility,
} from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { leftMark, sideColor } from '../../dataset/overlay/draw-pose.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

/** A click goes on from what it is. */
const following = { 0: 0, 1: 2, 2: 1 } as const;

export function KeypointList({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const category = useEditor(({ document }) => categoryOf(document, object));
  const names = category?.keypoints ?? null;
  const sides = keypointSides(category);
  const { id, keypoints } = object;
  if (keypoints === null || names === null) return null;
  const states = ['notSet', 'hidden', 'visible'] as const;
  return (
    <div>
      <h3>{t('annotate.panel.keypoints')}</h3>
      <ul className="annotate-keypoints">
        {names.map((name, index) => {
          const visibility = (keypoints[3 * index + 2] ?? 0) as 0 | 1 | 2;
          const text = t(`annotate.panel.${states[visibility]}`);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: keypoints are told apart by their place
            <li key={index} data-visibility={visibility}>
              <UnstyledButton
                disabled={visibility === 0}
                aria-label={`${name}: ${text}`}
                onClick={() =>
                  dispatch({
                    type: 'set-keypoints',
                    id,
                    keypoints: withKeypointVisibility(keypoints, index, following[visibility]),
                  })
                }
              >
                <KeypointMark side={sides[index]} isVisible={visibility === 2} />
                <span className="annotate-row-name">{name}</span>
                <span className="annotate-row-count">{text}</span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** As on the picture. */
function KeypointMark({ side, isVisible }: { side: Side; isVisible: boolean }) {
  const color = sideColor(side, { color: 'currentColor', areSidesColored: true });
  const look = { fill: isVisible ? color : 'none', stroke: color, strokeWidth: 0.45 };
  return (
    <svg className="annotate-keypoint-mark" viewBox="-2 -2 4 4" aria-hidden>
      {side === 'middle' ? (
        <circle r={1.1} {...look} />
      ) : (
        <polygon
          points={leftMark.map((corner) => corner.join(',')).join(' ')}
          transform={side === 'right' ? 'scale(-1 1)' : undefined}
          {...look}
        />
      )}
    </svg>
  );
}
