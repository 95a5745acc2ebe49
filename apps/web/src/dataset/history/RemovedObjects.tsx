// What was deleted from a picture, each with the way back.

import { Button, Text } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { removedObjectsQuery } from '../../server/queries.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';
import { bringBack } from './bring-back.ts';
import { ChangeCrop } from './ChangeCrop.tsx';
import type { Pictured } from './pictured.ts';

export function RemovedObjects({ datasetId, image, style }: Pictured) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: removed = [] } = useQuery(removedObjectsQuery(datasetId, image.id));
  if (removed.length === 0) return null;
  return (
    <details className="removed-objects">
      <summary>
        {t('history.removed')} ({format.count(removed.length)})
      </summary>
      {removed.map(({ annotation, removed: { author, at } }) => {
        const { id, categoryId, caption } = annotation;
        const category = categoryId === null ? undefined : style.categories.get(categoryId);
        return (
          <div key={id} className="object-change" data-change="removed">
            <ChangeCrop image={image} style={style} before={null} after={annotation} />
            <div className="object-change-words">
              <Text size="xs" truncate>
                #{id} {caption ?? category?.name ?? ''}
              </Text>
              <Text size="xs" c="dimmed" title={format.time(at)} truncate>
                {t('history.removedBy', { name: author })} · {format.ago(at)}
              </Text>
            </div>
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconRestore size={13} />}
              aria-label={t('history.restore', { id })}
              onClick={() =>
                bringBack(datasetId, id, annotation, { isThere: false }).then(
                  () => notifyDone(t('history.broughtBack', { id })),
                  notifyError,
                )
              }
            >
              {t('trash.restore')}
            </Button>
          </div>
        );
      })}
    </details>
  );
}
