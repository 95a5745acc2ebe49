// Who has looked at an object as it is; or the way to say that one has.

import { Switch, Text } from '@mantine/core';
import { type AnnotationObject, annotationIdOf } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useEditor, useSession } from '../session/EditorContext.tsx';
import { useValue } from '../session/value.ts';

export function ReviewMark({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const { reviews } = useValue(session.situation);
  const annotationId = useEditor(({ sync }) => annotationIdOf(sync.identities, object.id));
  // A proposal is accepted or rejected instead.
  if (object.state !== 'accepted' || annotationId === undefined) return null;
  const review = reviews.get(annotationId);
  return (
    <Switch
      size="xs"
      label={
        <>
          {t('annotate.review.object')}
          {review !== undefined && (
            <Text span size="xs" c="dimmed">
              {` ${review.by} · ${format.ago(review.at)}`}
            </Text>
          )}
        </>
      }
      checked={review !== undefined}
      onChange={({ currentTarget }) => session.review(object.id, currentTarget.checked)}
    />
  );
}
