// What follows of a model having compared the pictures, near-duplicates side by side, and the way to compare the objects.

import { Button, Checkbox } from '@mantine/core';
import { IconCopy, IconPolygon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { embeddingsQuery, objectEmbeddingsQuery, type View } from '../../server/queries.ts';
import { openDatasetDialog } from '../dataset-dialog.ts';
import { addPart, withoutField } from '../query/query-text.ts';
import { FilterSection } from './FilterSection.tsx';

interface LikenessFilterProps {
  datasetId: number;
  query: string;
  /** What the view shows: only pictures are counted here. */
  of: 'images' | 'objects';
  onChange: (view: Partial<View>) => void;
}

export function LikenessFilter({ datasetId, query, of, onChange }: LikenessFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: embeddings } = useQuery(embeddingsQuery(datasetId));
  const { data: ofObjects } = useQuery(objectEmbeddingsQuery(datasetId));
  const clear = () => onChange({ q: withoutField(query, 'duplicates') });
  const isChosen = withoutField(query, 'duplicates') !== query;
  const newCount = ofObjects?.unseenCount ?? 0;
  return (
    <FilterSection title={t('similar.title')} isChosen={isChosen} onClear={clear}>
      {(embeddings || isChosen) && (
        <div className="facet alone">
          <Checkbox
            size="xs"
            checked={isChosen}
            onChange={() => (isChosen ? clear() : onChange(nearDuplicatesOf(query)))}
            label={
              <span className="facet-label">
                <IconCopy size={14} aria-hidden />
                <span>{t('similar.duplicates')}</span>
              </span>
            }
          />
          <span className="facet-count">
            {embeddings && of === 'images' && format.compact(embeddings.duplicateCount)}
          </span>
        </div>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPolygon size={13} />}
        onClick={() => openDatasetDialog('compare-objects')}
      >
        {newCount > 0
          ? t('compareObjects.unseen', { count: newCount, shown: format.count(newCount) })
          : t('compareObjects.title')}
      </Button>
    </FilterSection>
  );
}

/** Those among what a query finds, side by side. */
export const nearDuplicatesOf = (query: string): View => ({
  q: addPart(query, 'duplicates>0'),
  sort: 'duplicates',
});
