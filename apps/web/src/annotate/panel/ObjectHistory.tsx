// Who did what to an object and when, each time with a picture of what became of it; any of it can be taken back.

import { ActionIcon, Loader, Text, Tooltip } from '@mantine/core';
import { type AnnotationObject, annotationIdOf, fieldsFromServer } from '@migaki/annotator';
import { type Annotation, ApiError, type ObjectHistoryEntry } from '@migaki/api';
import { IconArrowBackUp, IconHistoryToggle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client } from '../../server/client.ts';
import { ErrorView, notifyError } from '../../shell/ErrorView.tsx';
import { Fold } from '../../shell/Fold.tsx';
import { notifyDone, notifyNotDone } from '../../shell/notify.tsx';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { changedFields } from './changed-fields.ts';
import { stepTakenBack } from './step-taken-back.ts';

export function ObjectHistory({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  return <Fold title={t('annotate.panel.history')}>{() => <Entries objectId={object.id} />}</Fold>;
}

function Entries({ objectId }: { objectId: number }) {
  const { t } = useTranslation();
  const { datasetId } = useSession();
  const annotationId = useEditor(({ sync }) => annotationIdOf(sync.identities, objectId));
  const born = useEditor(({ sync }) => sync.identities.born.get(objectId) ?? 0);
  const { data, error, refetch } = useQuery({
    queryKey: ['dataset', datasetId, 'object-history', annotationId, born],
    enabled: annotationId !== undefined,
    queryFn: ({ signal }) =>
      client.getObjectHistory({ params: { datasetId, annotationId: annotationId! } }, { signal }),
  });
  if (annotationId === undefined)
    return <p className="annotate-hint">{t('annotate.history.none')}</p>;
  if (error !== null) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined) return <Loader size="sm" />;
  return (
    <ol className="annotate-history">
      {data.items.map((entry) => (
        <Entry key={`${entry.revision} ${entry.change}`} objectId={objectId} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ objectId, entry }: { objectId: number; entry: ObjectHistoryEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const dispatch = useDispatch();
  const { datasetId, image, store } = useSession();
  const picture = useEditor(({ document }) => document.picture);
  const categories = useEditor(({ document }) => document.categories);
  const { revision, author, at, change, before, after } = entry;
  const asObject = (annotation: Annotation): AnnotationObject => ({
    ...fieldsFromServer(annotation, picture),
    id: objectId,
  });
  const undo = async () => {
    try {
      const annotationId = (after ?? before)!.id;
      await client.undoRevision({
        params: { datasetId, revision },
        body: { key: crypto.randomUUID(), annotationIds: [annotationId] },
      });
      notifyDone(t('bulk.undone'));
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'changed-meanwhile')) notifyError(error);
      else takeBackBelowLater();
    }
  };
  const takeBackBelowLater = () => {
    const now = store.get().document.objects.get(objectId);
    const fields = now && before && after && stepTakenBack(asObject(before), asObject(after), now);
    if (!fields) return notifyNotDone(t('annotate.history.changedSince'));
    store.dispatch({ type: 'revert', id: objectId, fields });
    notifyDone(t('annotate.history.takenBackAlone'));
  };
  const makeAgain = () => {
    const { id: _, ...fields } = asObject(after!);
    store.dispatch({ type: 'revert', id: objectId, fields });
    notifyDone(t('annotate.history.restored', { revision }));
  };
  const isShape = change === 'added' || change === 'changed';
  const fields = before !== null && after !== null ? changedFields(before, after) : [];
  return (
    <li>
      {isShape && after !== null && (
        <ObjectPreview
          sha256={image.sha256}
          picture={picture}
          categories={categories}
          objects={[asObject(after)]}
          around={[asObject(after), ...(before === null ? [] : [asObject(before)])]}
          width={84}
          height={63}
          label={t('versions.revision', { revision })}
        />
      )}
      <div className="annotate-history-text">
        <Text size="xs" fw={600}>
          {t(`annotate.history.${change}`)}
          {fields.length > 0 &&
            `: ${fields.map((field) => t(`annotate.history.field.${field}`)).join(', ')}`}
        </Text>
        <Text size="xs" c="dimmed" title={format.time(at)}>
          {author} · {format.ago(at)}
        </Text>
      </div>
      <span className="annotate-history-actions">
        <Tooltip label={t('annotate.history.undo')}>
          <ActionIcon size="sm" aria-label={t('annotate.history.undo')} onClick={undo}>
            <IconArrowBackUp size={14} />
          </ActionIcon>
        </Tooltip>
        {isShape && after !== null && (
          <Tooltip label={t('annotate.history.restore')}>
            <ActionIcon
              size="sm"
              aria-label={t('annotate.history.restore')}
              onClick={() => {
                makeAgain();
                dispatch({ type: 'select', ids: [objectId] });
              }}
            >
              <IconHistoryToggle size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    </li>
  );
}
