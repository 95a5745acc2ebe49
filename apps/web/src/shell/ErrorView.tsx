// An error as the server tells it: what was expected, what came, what to do.

import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ApiError } from '@migaki/api';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { errorText } from '../i18n/words.ts';

export function ErrorView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { say, sayError } = useWords();
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
          <Text size="sm">{sayError(error)}</Text>
        ) : (
          <dl className="facts">
            {(['where', 'expected', 'found', 'advice'] as const).map((part) => {
              const words = details[part];
              return (
                words !== undefined && (
                  <Fact key={part} name={t(`error.${part}`)} value={say(words)} />
                )
              );
            })}
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

const lookOfNotice = {
  color: 'red',
  icon: <IconAlertTriangle size={16} />,
  autoClose: 12_000,
};

/** For what fails beside the page: an action from a menu or by key. */
export function notifyError(error: unknown): void {
  notifications.show({ ...lookOfNotice, message: errorText(error) });
}

/** The same, and a way to what can be done about it. */
export function notifyErrorWithWay(
  error: unknown,
  { more, label, onClick }: { more: string; label: string; onClick: () => void },
): void {
  const id = notifications.show({
    ...lookOfNotice,
    message: (
      <Stack gap={6} align="flex-start">
        <Text size="sm">{`${errorText(error)} ${more}`}</Text>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => {
            notifications.hide(id);
            onClick();
          }}
        >
          {label}
        </Button>
      </Stack>
    ),
  });
}
