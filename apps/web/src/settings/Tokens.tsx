import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconCheck, IconCopy, IconKey, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { client, queryClient } from '../server/client.ts';
import { tokensQuery } from '../server/queries.ts';
import { ErrorView, notifyError } from '../shell/ErrorView.tsx';

/** What a program can be allowed to do; `public` needs no token. */
const grantable = ['read', 'annotate', 'manage', 'admin'] as const;
type Grantable = (typeof grantable)[number];

export function Tokens() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: tokens = [], error } = useQuery(tokensQuery());
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });
  const remove = useMutation({
    mutationFn: (tokenId: string) => client.deleteToken({ params: { tokenId } }),
    onSuccess: refresh,
    onError: notifyError,
  });
  const ask = (tokenId: string, name: string) =>
    modals.openConfirmModal({
      title: t('tokens.confirmWithdraw', { name }),
      children: <Text size="sm">{t('tokens.withdrawExplanation')}</Text>,
      labels: { confirm: t('tokens.withdrawShort'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(tokenId),
    });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <div>
          <Text fw={600} size="sm">
            {t('tokens.title')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('tokens.explanation')}
          </Text>
        </div>
        {error !== null && <ErrorView error={error} />}
        {tokens.length > 0 && (
          <Table fz="sm">
            <Table.Tbody>
              {tokens.map(({ id, name, permissions, lastUsedAt }) => (
                <Table.Tr key={id}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>
                    <Group gap={4}>
                      {permissions.map((permission) => (
                        <Badge key={permission} size="sm" variant="light">
                          {t(`tokens.permissions.${permission}`)}
                        </Badge>
                      ))}
                    </Group>
                  </Table.Td>
                  <Table.Td c="dimmed" fz="xs">
                    {lastUsedAt === null
                      ? t('tokens.neverUsed')
                      : t('tokens.used', { ago: format.ago(lastUsedAt) })}
                  </Table.Td>
                  <Table.Td ta="right">
                    <ActionIcon
                      color="red"
                      aria-label={t('tokens.withdraw', { name })}
                      onClick={() => ask(id, name)}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <NewToken known={tokens} onCreated={refresh} />
      </Stack>
    </Paper>
  );
}

interface NewTokenProps {
  known: readonly { id: string }[];
  onCreated: () => Promise<void>;
}

function NewToken({ known, onCreated }: NewTokenProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const [name, setName] = useState('');
  const [granted, setGranted] = useState<string[]>(['read']);
  const create = useMutation({
    mutationFn: () =>
      client.createToken({ body: { name: name.trim(), permissions: granted as Grantable[] } }),
    onSuccess: () => {
      setName('');
      return onCreated();
    },
  });
  const created = known.some(({ id }) => id === create.data?.id) ? create.data : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="xs">
        <Group align="flex-end">
          <TextInput
            size="xs"
            label={t('tokens.name')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={sayError(create.error)}
          />
          <Checkbox.Group value={granted} onChange={setGranted}>
            <Group gap="sm" h={30}>
              {grantable.map((permission) => (
                <Checkbox
                  key={permission}
                  size="xs"
                  value={permission}
                  label={t(`tokens.permissions.${permission}`)}
                />
              ))}
            </Group>
          </Checkbox.Group>
          <Button
            type="submit"
            leftSection={<IconKey size={14} />}
            disabled={name.trim() === '' || granted.length === 0}
            loading={create.isPending}
          >
            {t('tokens.create')}
          </Button>
        </Group>
        {created !== undefined && (
          <Alert color="teal" icon={<IconKey />} title={t('tokens.created')}>
            <Group gap="xs">
              <Code>{created.secret}</Code>
              <CopyButton value={created.secret}>
                {({ copied, copy }) => (
                  <ActionIcon aria-label={t('tokens.copy')} onClick={copy}>
                    {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                  </ActionIcon>
                )}
              </CopyButton>
            </Group>
          </Alert>
        )}
      </Stack>
    </form>
  );
}
