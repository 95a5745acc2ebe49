import { ActionIcon, Popover, SegmentedControl, Stack, Switch, Text, Tooltip } from '@mantine/core';
import { IconShape } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDisplayPreferences } from '../../shell/preferences.ts';

/** What is drawn over pictures, and in which colours. */
export function DisplayMenu() {
  const { t } = useTranslation();
  const [{ isOverlayShown, isLabelShown, colorBy }, change] = useDisplayPreferences();
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label={t('display.title')}>
          <ActionIcon aria-label={t('display.title')}>
            <IconShape size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Switch
            size="xs"
            label={`${t('display.overlays')} (O)`}
            checked={isOverlayShown}
            onChange={({ currentTarget }) => change({ isOverlayShown: currentTarget.checked })}
          />
          <Switch
            size="xs"
            label={`${t('display.labels')} (L)`}
            checked={isLabelShown}
            onChange={({ currentTarget }) => change({ isLabelShown: currentTarget.checked })}
          />
          <div>
            <Text size="xs" mb={4}>
              {t('display.colorBy')} (C)
            </Text>
            <SegmentedControl
              size="xs"
              fullWidth
              value={colorBy}
              onChange={(value) => change({ colorBy: value as 'category' | 'origin' })}
              data={[
                { value: 'category', label: t('filters.category') },
                { value: 'origin', label: t('filters.origin') },
              ]}
            />
          </div>
          <Text size="xs" c="dimmed" maw={220}>
            {t('display.legend')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
