// What was deleted from the picture, as pictures, each to be brought back.

import { Button, Loader, Text } from '@mantine/core';
import { type AnnotationObject, fieldsFromServer, objectIdOf } from '@migaki/annotator';
import type { Annotation } from '@migaki/api';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client } from '../../server/client.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';

export function RemovedObjects() {
  const { t } = useTranslation();
  const format = useFormat();
  const dispatch = useDispatch();
  const { datasetId, image, store } = useSession();
  const document = useEditor((state) => state.document);
  const params = { datasetId, imageId: image.id };
  const { data, error, refetch } = useQuery({
    queryKey: ['dataset', datasetId, 'removed-objects', image.id],
    staleTime: 0,
    queryFn: ({ signal }) => client.listRemovedObjects({ params }, { signal }),
  });
  if (error !== null) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined) return <Loader size="sm" />;
  const idOf = (annotation: Annotation) => objectIdOf(store.get().sync.identities, annotation.id);
  // What is back here already is on its way to be back there.
  const gone = data.items.filter(({ annotation }) => !document.objects.has(idOf(annotation)));
  if (gone.length === 0) return <p className="annotate-hint">{t('annotate.history.noDeleted')}</p>;
  return (
    <ol className="annotate-history">
      {gone.map(({ annotation, removed }) => {
        const fields = fieldsFromServer(annotation, document.picture);
        const object: AnnotationObject = { ...fields, id: idOf(annotation) };
        const name = document.categories.find(({ id }) => id === annotation.categoryId)?.name;
        return (
          <li key={annotation.id}>
            <ObjectPreview
              sha256={image.sha256}
              picture={document.picture}
              categories={document.categories}
              objects={[object]}
              width={84}
              height={63}
              label={`#${annotation.id}`}
            />
            <div className="annotate-history-text">
              <Text size="xs" fw={600}>
                {annotation.caption ?? name ?? t('annotate.panel.noCategory')}
              </Text>
              <Text size="xs" c="dimmed" title={format.time(removed.at)}>
                {removed.author} · {format.ago(removed.at)}
              </Text>
            </div>
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconArrowBackUp size={13} />}
              onClick={() => dispatch({ type: 'revert', id: object.id, fields })}
            >
              {t('annotate.history.bringBack')}
            </Button>
          </li>
        );
      })}
    </ol>
  );
}
