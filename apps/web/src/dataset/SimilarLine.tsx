// Above the objects that are like one in the annotator: the way back to that picture.

import { Button } from '@mantine/core';
import { IconArrowLeft, IconPolygon } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useActions } from '../shell/actions.ts';
import { valuesOf } from './query/query-text.ts';
import { wayBackTo } from './way-back.ts';
import './acting/acting.css';

export function SimilarLine({ query }: { query: string }) {
  const [asked] = valuesOf(query, 'similarobject').included;
  const address = asked === undefined ? undefined : wayBackTo(Number(asked));
  return address === undefined ? null : <Line address={address} />;
}

function Line({ address }: { address: string }) {
  const { t } = useTranslation();
  const { history } = useRouter();
  const goBack = () => history.push(address);
  useActions([
    {
      id: 'back-to-picture',
      label: t('similar.back'),
      group: t('similar.title'),
      keys: ['Backspace'],
      run: goBack,
    },
  ]);
  return (
    <section className="acting-line" aria-label={t('similar.title')}>
      <IconPolygon size={14} aria-hidden />
      <span>{t('similar.toObject')}</span>
      <Button
        variant="light"
        size="compact-xs"
        leftSection={<IconArrowLeft size={13} />}
        title={`${t('similar.back')} (⌫)`}
        onClick={goBack}
      >
        {t('similar.back')}
      </Button>
    </section>
  );
}
