// All changes of a dataset, the last one first. Each can be taken back, whoever made it and however long ago.

import { Button, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { revisionsQuery } from '../../server/queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { useAskUndo } from '../history/use-ask-undo.tsx';
import { ChangeRow } from './ChangeRow.tsx';
import './changes.css';

export function Changes({ datasetId }: { datasetId: number }) {
  const { t } = useTranslation();
  const askUndo = useAskUndo(datasetId);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    revisionsQuery(datasetId),
  );
  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined) return <Loader m="auto" />;
  const changes = data.pages.flatMap(({ items }) => items);
  if (changes.length === 0) {
    return (
      <Text c="dimmed" m="auto">
        {t('history.none')}
      </Text>
    );
  }
  return (
    <section
      className="changes"
      aria-label={t('changes.title')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
    >
      <ul>
        {changes.map((change) => (
          <ChangeRow
            key={change.revision}
            datasetId={datasetId}
            change={change}
            onUndo={() => askUndo(change.revision, change.transfer)}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('changes.more')}
        </Button>
      )}
    </section>
  );
}
