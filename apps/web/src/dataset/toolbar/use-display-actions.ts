// What switches how objects are drawn, by key: the same over the grid and over one picture.

import { useTranslation } from 'react-i18next';
import type { Action } from '../../shell/actions.ts';
import { useDisplayPreferences } from '../../shell/preferences.ts';

/** @param group heading under which the palette and the help list them */
export function useDisplayActions(group: string): Action[] {
  const { t } = useTranslation();
  const [{ isOverlayShown, isLabelShown, colorBy }, change] = useDisplayPreferences();
  return [
    {
      id: 'overlays',
      label: t('display.overlays'),
      group,
      keys: ['o'],
      run: () => change({ isOverlayShown: !isOverlayShown }),
    },
    {
      id: 'labels',
      label: t('display.labels'),
      group,
      keys: ['l'],
      run: () => change({ isLabelShown: !isLabelShown }),
    },
    {
      id: 'color-by',
      label: t('display.switchColors'),
      group,
      keys: ['c'],
      run: () => change({ colorBy: colorBy === 'category' ? 'origin' : 'category' }),
    },
  ];
}
