// Asks before much is deleted at once, though it can be undone.

import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { BulkAction } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';

/** More than this is asked about first. */
const askAbove = 20;

export function useConfirmedBulk(
  of: 'images' | 'objects',
  count: number,
  run: (request: { action: BulkAction }) => void,
): (action: BulkAction) => void {
  const { t } = useTranslation();
  const format = useFormat();
  return (action) => {
    const isDeletion = action.type === 'deleteImages' || action.type === 'deleteObjects';
    if (!isDeletion || count <= askAbove) {
      run({ action });
      return;
    }
    modals.openConfirmModal({
      title: t(`bulk.confirmDelete.${of}`, { count, shown: format.count(count) }),
      children: <Text size="sm">{t('bulk.confirmDelete.explanation')}</Text>,
      labels: { confirm: t('bulk.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => run({ action }),
    });
  };
}
