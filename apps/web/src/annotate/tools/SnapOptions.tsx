import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSettings } from './use-settings.ts';

/** Whether points go to corners and edges of neighbours, and to the border of the picture. */
export function SnapOptions() {
  const { t } = useTranslation();
  const [{ isSnapping }, change] = useSettings();
  return (
    <Switch
      size="xs"
      label={t('annotate.tools.snapping')}
      checked={isSnapping}
      onChange={({ currentTarget }) => change({ isSnapping: currentTarget.checked })}
    />
  );
}
