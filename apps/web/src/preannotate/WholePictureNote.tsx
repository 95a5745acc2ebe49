import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../server/client.ts';

/** That a model speaks of whole pictures where the labels are boxes; nothing where they are not. */
export function WholePictureNote({ datasetId }: { datasetId: number }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['datasets', datasetId, 'has-boxes'],
    queryFn: ({ signal }) =>
      client.listObjects(
        { params: { datasetId }, query: { q: 'boxwidth>0 state:accepted', limit: 1 } },
        { signal },
      ),
  });
  if (data === undefined || data.total === 0) return null;
  return (
    <Alert color="yellow" icon={<IconInfoCircle size={18} />} py="xs">
      {t('preannotate.wholePictures')}
    </Alert>
  );
}
