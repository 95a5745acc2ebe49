import { TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { facetsQuery } from '../../server/queries.ts';
import { useBulk } from '../bulk/use-bulk.ts';

interface TagEditorProps {
  datasetId: number;
  imageId: number;
  tags: readonly string[];
}

export function TagEditor({ datasetId, imageId, tags }: TagEditorProps) {
  const { t } = useTranslation();
  const { data: facets } = useQuery(facetsQuery(datasetId, ''));
  const bulk = useBulk(datasetId, {
    getSelection: async () => ({ imageIds: [imageId] }),
  });
  const change = (next: string[]) => {
    const added = next.find((tag) => !tags.includes(tag))?.trim();
    const removed = tags.find((tag) => !next.includes(tag));
    if (added) bulk.mutate({ action: { type: 'addTag', tag: added } });
    else if (removed !== undefined) bulk.mutate({ action: { type: 'removeTag', tag: removed } });
  };
  return (
    <TagsInput
      size="xs"
      aria-label={t('filters.tag')}
      placeholder={t('detail.addTag')}
      data={facets?.tags.map(({ value }) => value) ?? []}
      value={[...tags]}
      onChange={change}
      disabled={bulk.isPending}
      maxLength={100}
    />
  );
}
