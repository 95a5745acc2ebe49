// An error as the server tells it: what was expected, what came, what to do.

import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ApiError } from '@migaki/api';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function ErrorView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const details = error instanceof ApiError ? error.details : undefined;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle />}
      title={t('error.title')}
      role="alert"
      maw={640}
      m="auto"
    >
      <Stack gap={6}>
        {details?.expected === undefined ? (
          <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        ) : (
          <dl className="facts">
            {details.where !== undefined && <Fact name={t('error.where')} value={details.where} />}
            <Fact name={t('error.expected')} value={details.expected} />
            <Fact name={t('error.found')} value={details.found ?? ''} />
            {details.advice !== undefined && (
              <Fact name={t('error.advice')} value={details.advice} />
            )}
          </dl>
        )}
        <Group justify="space-between">
          {details === undefined ? <span /> : <Code>{details.code}</Code>}
          {onRetry !== undefined && (
            <Button
              variant="light"
              color="red"
              leftSection={<IconRefresh size={14} />}
              onClick={onRetry}
            >
              {t('error.retry')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** For what fails beside the page: an action from a menu or by key. */
export function notifyError(error: unknown): void {
  notifications.show({
    color: 'red',
    icon: <IconAlertTriangle size={16} />,
    message: error instanceof Error ? error.message : String(error),
    autoClose: 12_000,
  });
}
