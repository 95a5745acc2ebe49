// How far the work on the picture is, and whether somebody has looked it over.

import { Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatusControl } from '../../dataset/StatusControl.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { useValue } from '../session/value.ts';

export function PictureReview() {
  const { t } = useTranslation();
  const format = useFormat();
  const dispatch = useDispatch();
  const status = useEditor(({ document }) => document.picture.status);
  const session = useSession();
  const { reviewed, isReviewed } = useValue(session.situation);
  return (
    <div>
      <h3>{t('annotate.panel.status')}</h3>
      <StatusControl
        value={status}
        onChange={(next) => dispatch({ type: 'set-status', status: next })}
      />
      <Switch
        mt="xs"
        size="xs"
        checked={isReviewed}
        label={
          <>
            {t('annotate.review.picture')}
            {isReviewed && reviewed !== null && (
              <Text span size="xs" c="dimmed">
                {` ${reviewed.by} · ${format.ago(reviewed.at)}`}
              </Text>
            )}
          </>
        }
        onChange={({ currentTarget }) => session.review(null, currentTarget.checked)}
      />
    </div>
  );
}
