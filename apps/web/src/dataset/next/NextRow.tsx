// Beside a picture: that it is worth labelling next, and why.

import { Text } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { nextToLabelQuery } from '../../server/queries.ts';
import { useReasonWords } from './use-reason-words.ts';

export function NextRow({ datasetId, imageId }: { datasetId: number; imageId: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: chosen } = useQuery(nextToLabelQuery(datasetId));
  const { sentence } = useReasonWords();
  const image = chosen?.get(imageId);
  if (chosen === undefined || image === undefined) return null;
  return (
    <div className="next-row">
      <IconTargetArrow size={16} aria-hidden />
      <div>
        <Text size="xs">
          {t('toLabel.rank', {
            position: format.count(image.position),
            total: format.count(chosen.size),
          })}
        </Text>
        {sentence(image).map((reason) => (
          <Text key={reason} size="xs" c="dimmed">
            {reason}
          </Text>
        ))}
      </div>
    </div>
  );
}
