// Says once per browser how a finger chooses: nothing on a tile shows it.

import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

const storageKey = 'migaki-touch-hint';

/** Where there is no pointer at all nothing hovers either: that is no finger. */
const fingerAlone = '(hover: none) and (pointer: coarse)';

/** @param hasTiles there is something to choose */
export function useTouchHint(hasTiles: boolean): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (!hasTiles || !window.matchMedia(fingerAlone).matches) return;
    if (localStorage.getItem(storageKey) !== null) return;
    localStorage.setItem(storageKey, 'shown');
    notifications.show({ message: t('grid.touchHint'), autoClose: 8000 });
  }, [hasTiles, t]);
}
