// What an empty workbench shows: the ways in which a dataset begins.

import { Anchor, Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconFileZip, IconFlask, IconFolder, IconJson, IconMovie } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { openImport, startImportFrom } from '../import/import-dialog-state.ts';
import { notifyError } from '../shell/ErrorView.tsx';

const ways = [
  { icon: IconFolder, key: 'folder' },
  { icon: IconFileZip, key: 'zip' },
  { icon: IconJson, key: 'coco' },
  { icon: IconMovie, key: 'video' },
] as const;

export function FirstDataset({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation();
  const sample = useMutation({
    mutationFn: () =>
      startImportFrom({
        into: { newDataset: t('first.sampleName') },
        from: { sample: 'cells' },
        format: 'auto',
      }),
    onError: notifyError,
  });
  return (
    <Stack align="center" gap="lg" className="first-dataset">
      <Title order={1} size="h2">
        {t('first.title')}
      </Title>
      <button type="button" className="drop-area" onClick={() => openImport()}>
        <div className="first-ways">
          {ways.map(({ icon: Icon, key }) => (
            <div key={key}>
              <ThemeIcon size={44} variant="light" radius="xl">
                <Icon size={24} stroke={1.5} />
              </ThemeIcon>
              <Text fw={600} size="sm">
                {t(`first.${key}.title`)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`first.${key}.text`)}
              </Text>
            </div>
          ))}
        </div>
        <Text size="sm" fw={500}>
          {t('first.drop')}
        </Text>
      </button>
      <Group>
        <Button
          size="sm"
          leftSection={<IconFlask size={16} />}
          loading={sample.isPending}
          onClick={() => sample.mutate()}
        >
          {t('first.trySample')}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={onCreate}>
          {t('first.createEmpty')}
        </Anchor>
      </Group>
      <Text size="xs" c="dimmed">
        {t('first.keys')}
      </Text>
    </Stack>
  );
}
