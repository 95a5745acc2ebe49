import { Alert } from '@mantine/core';
import { favouredBy, type MeasuredAgainst } from '@migaki/api';
import { IconScale } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';

/** That models were measured on labels that favour one of them; nothing where it is not so. */
export function FavouredNote({ against }: { against: MeasuredAgainst }) {
  const { t } = useTranslation();
  const format = useFormat();
  const favoured = favouredBy(against);
  if (favoured.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconScale size={18} />} my="xs">
      {favoured
        .map(({ model, share }) =>
          t('evaluations.favoured', { share: format.percent(share), model }),
        )
        .join(' ')}{' '}
      {t('evaluations.favouredAdvice')}
    </Alert>
  );
}
