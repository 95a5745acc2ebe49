// The points of a pose by name: which are set, and which of those can be seen.

import { UnstyledButton } from '@mantine/core';
import { type AnnotationObject, categoryOf, withKeypointVisibility } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

/** A click goes on from what it is. */
const following = { 0: 0, 1: 2, 2: 1 } as const;

export function KeypointList({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const names = useEditor(({ document }) => categoryOf(document, object)?.keypoints ?? null);
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
                <span className="annotate-keypoint-dot" aria-hidden />
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
