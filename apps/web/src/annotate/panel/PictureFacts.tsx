import type { Image } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { FactList } from '../../shell/FactList.tsx';

/** What is known of a picture and its file. */
export function PictureFacts({ image }: { image: Image }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: [name: string, value: string][] = [
    [t('detail.size'), image.width === null ? '–' : `${image.width} × ${image.height}`],
    [t('detail.bytes'), image.byteSize === null ? '–' : format.bytes(image.byteSize)],
    [t('detail.type'), image.mediaType ?? '–'],
    [t('detail.captured'), image.capturedAt === null ? '–' : format.time(image.capturedAt)],
    [t('detail.added'), format.time(image.addedAt)],
    [t('detail.id'), String(image.id)],
    ...Object.entries(image.metadata).map(([key, value]): [string, string] => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ];
  return <FactList className="facts selectable" facts={facts} />;
}
