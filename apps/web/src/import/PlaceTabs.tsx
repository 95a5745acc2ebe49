// Where files lie: on the computer of whoever looks at the page, or on the disk of the workbench.

import { Stack, Tabs } from '@mantine/core';
import { IconDeviceDesktop, IconServer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type Place = 'files' | 'server';

interface PlaceTabsProps {
  place: Place;
  onChange: (place: Place) => void;
  /** What is asked of files to send. */
  files: ReactNode;
  /** What is asked of files on the server. */
  server: ReactNode;
}

export function PlaceTabs({ place, onChange, files, server }: PlaceTabsProps) {
  const { t } = useTranslation();
  return (
    <Tabs value={place} onChange={(value) => onChange(value as Place)}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="files" leftSection={<IconDeviceDesktop size={16} />}>
          {t('import.fromComputer')}
        </Tabs.Tab>
        <Tabs.Tab value="server" leftSection={<IconServer size={16} />}>
          {t('import.fromServer')}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="files">
        <Stack gap="xs">{files}</Stack>
      </Tabs.Panel>
      <Tabs.Panel value="server">
        <Stack gap="xs">{server}</Stack>
      </Tabs.Panel>
    </Tabs>
  );
}
