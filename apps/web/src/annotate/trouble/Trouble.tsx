// What keeps changes from being saved and needs a person: said over the canvas, with the ways out. Drawing goes on meanwhile.

import { Alert } from '@mantine/core';
import { saveFailure, saveStatus } from '@migaki/annotator';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor, useSession } from '../session/EditorContext.tsx';
import { useValue } from '../session/value.ts';
import { CategoryGone } from './CategoryGone.tsx';
import { Conflicts } from './Conflicts.tsx';
import { PictureGone } from './PictureGone.tsx';
import { Refused } from './Refused.tsx';
import './trouble.css';

export function Trouble() {
  const { t } = useTranslation();
  const { situation } = useSession();
  const { isDeleted, isGone } = useValue(situation);
  const status = useEditor(({ sync }) => saveStatus(sync.queue));
  const code = useEditor(({ sync }) => saveFailure(sync.queue)?.code ?? null);
  const conflictCount = useEditor(({ sync }) => sync.conflicts.size);
  const content =
    isDeleted || isGone || code === 'image-deleted' ? (
      <PictureGone isForGood={isGone} />
    ) : conflictCount > 0 ? (
      <Conflicts />
    ) : status === 'refused' && code === 'category-not-found' ? (
      <CategoryGone />
    ) : status === 'refused' ? (
      <Refused />
    ) : null;
  if (content === null) return null;
  return (
    <div className="annotate-trouble">
      <Alert
        color="orange"
        variant="default"
        icon={<IconAlertTriangle color="var(--mantine-color-orange-6)" />}
        role="alert"
        aria-label={t('annotate.trouble.title')}
      >
        {content}
      </Alert>
    </div>
  );
}
