// How the pages look, the tokens with which programs may call, and a backup of everything.

import {
  Anchor,
  Button,
  Group,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeLanguage, type Language, languages } from '../i18n/index.ts';
import { client, queryClient, sessionKey } from '../server/client.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { Backup } from './Backup.tsx';
import { Tokens } from './Tokens.tsx';

const schemes = ['auto', 'light', 'dark'] as const;

export function SettingsPage() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const logOut = () =>
    client
      .logOut()
      .then(() => {
        // In this order: what a page shows that is still open stays the one that it hears of.
        queryClient.setQueryData(sessionKey, null);
        queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
      })
      .catch(notifyError);
  return (
    <div className="page page-narrow">
      <Title order={1} size="h3" mb="md">
        {t('settings.title')}
      </Title>
      <Stack>
        <Paper withBorder p="md">
          <Stack gap="sm">
            <Group justify="space-between">
              <Text size="sm">{t('settings.language')}</Text>
              <SegmentedControl
                size="xs"
                value={i18n.language}
                onChange={(value) => changeLanguage(value as Language)}
                data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
              />
            </Group>
            <Group justify="space-between">
              <Text size="sm">{t('settings.theme')}</Text>
              <SegmentedControl
                size="xs"
                value={colorScheme}
                onChange={(value) => setColorScheme(value as (typeof schemes)[number])}
                data={schemes.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
              />
            </Group>
          </Stack>
        </Paper>
        <Tokens />
        <Backup />
        <Group justify="space-between">
          <Anchor href="/api/docs" size="sm" target="_blank" rel="noopener">
            {t('settings.apiDocs')}
          </Anchor>
          <Button variant="default" onClick={logOut}>
            {t('settings.logOut')}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}
