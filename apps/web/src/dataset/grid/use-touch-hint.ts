// Says once per browser how a finger chooses: nothing on a tile shows it.

import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

const storageKey = 'migaki-touch-hint';

/** @param hasTiles there is something to choose */
export function useTouchHint(hasTiles: boolean): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (!hasTiles || !window.matchMedia('(hover: none)').matches) return;
    if (localStorage.getItem(storageKey) !== null) return;
    localStorage.setItem(storageKey, 'shown');
    notifications.show({ message: t('grid.touchHint'), autoClose: 8000 });
  }, [hasTiles, t]);
}
