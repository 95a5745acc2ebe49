// Who changed an image, its fields and its objects, and when; any change can be taken back from here, and what was deleted
// restored.

import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { imageHistoryQuery } from '../../server/queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { Fold } from '../../shell/Fold.tsx';
import { HistoryEntry } from './HistoryEntry.tsx';
import type { Pictured } from './pictured.ts';
import { RemovedObjects } from './RemovedObjects.tsx';

export function ImageHistory(props: Pictured) {
  const { t } = useTranslation();
  return (
    <section className="image-history">
      <Fold title={t('history.title')}>{() => <Entries {...props} />}</Fold>
    </section>
  );
}

function Entries(props: Pictured) {
  const { datasetId, image } = props;
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    imageHistoryQuery(datasetId, image.id),
  );
  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  return (
    <div className="history">
      <RemovedObjects {...props} />
      <ul aria-label={t('history.title')}>
        {data?.pages
          .flatMap(({ items }) => items)
          .map((entry) => (
            <HistoryEntry key={entry.revision} {...props} entry={entry} />
          ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="subtle"
          size="compact-xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
      {data !== undefined && data.pages[0].items.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('history.none')}
        </Text>
      )}
    </div>
  );
}
