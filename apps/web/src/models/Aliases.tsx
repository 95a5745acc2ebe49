// What points at a version. An alias moves: it points at one version at a time.

import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import type { ModelDetail, ModelVersion } from '@migaki/api';
import { IconTrophy, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { client, queryClient } from '../server/client.ts';
import { useActions } from '../shell/actions.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { notifyWithUndo } from '../shell/notify.tsx';
import { AliasBadge } from './ModelLink.tsx';

const champion = 'champion';
const aliasFormat = /^(?!latest$)[a-z][a-z0-9_-]{0,49}$/;

interface AliasesProps {
  model: ModelDetail;
  version: ModelVersion;
}

export function Aliases({ model, version }: AliasesProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const [typed, setTyped] = useState('');
  const placeOf = (alias: string) => model.aliases.find((each) => each.alias === alias)?.version;
  const point = async (alias: string, at: number | undefined) => {
    const params = { modelId: model.id, alias };
    const changed = await (at === undefined
      ? client.removeModelAlias({ params })
      : client.setModelAlias({ params, body: { version: at } }));
    queryClient.setQueryData(['models', 'one', model.id], changed);
    await queryClient.invalidateQueries({ queryKey: ['models'] });
  };
  const set = useMutation({
    mutationFn: async (alias: string) => {
      const before = placeOf(alias);
      await point(alias, version.version);
      return before;
    },
    onSuccess: (before, alias) => {
      setTyped('');
      notifyWithUndo(
        t('models.aliasSet', { alias, name: `${model.name}@${version.version}` }),
        t('undo'),
        () => point(alias, before),
      );
    },
  });
  const remove = useMutation({
    mutationFn: (alias: string) => point(alias, undefined),
    onSuccess: (_, alias) =>
      notifyWithUndo(t('models.aliasRemoved', { alias }), t('undo'), () =>
        point(alias, version.version),
      ),
    onError: notifyError,
  });
  const isChampion = version.aliases.includes(champion);
  const alias = typed.trim();
  const isWrong = alias !== '' && !aliasFormat.test(alias);
  const before = placeOf(alias);
  useActions(
    isChampion
      ? []
      : [
          {
            id: 'champion',
            label: t('models.makeChampion'),
            group: t('models.one'),
            keys: ['c'],
            run: () => set.mutate(champion),
          },
        ],
  );
  return (
    <section>
      <Text fw={600} size="sm" component="h3">
        {t('models.aliases')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('models.aliasHelp', { name: model.name, interpolation: { escapeValue: false } })}
      </Text>
      <Group gap="xs" align="flex-start">
        {version.aliases.map((each) => (
          <span key={each} className="alias">
            <AliasBadge alias={each} />
            <ActionIcon
              size="xs"
              aria-label={t('models.removeAlias', { alias: each })}
              onClick={() => remove.mutate(each)}
            >
              <IconX size={12} />
            </ActionIcon>
          </span>
        ))}
        {!isChampion && (
          <Button
            variant="light"
            color="yellow"
            c="light-dark(#7a4f00, var(--mantine-color-yellow-3))"
            leftSection={<IconTrophy size={14} />}
            loading={set.isPending}
            onClick={() => set.mutate(champion)}
          >
            {t('models.makeChampion')}
          </Button>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (alias !== '' && !isWrong) set.mutate(alias);
          }}
        >
          <Group gap={6} align="flex-start" wrap="nowrap">
            <TextInput
              size="xs"
              w={170}
              placeholder={t('models.aliasName')}
              aria-label={t('models.aliasName')}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              error={isWrong ? t('models.aliasFormat') : sayError(set.error)}
              description={
                before !== undefined && before !== version.version
                  ? t('models.moves', { version: before })
                  : undefined
              }
              inputWrapperOrder={['input', 'description', 'error']}
            />
            <Button type="submit" variant="default" disabled={alias === '' || isWrong}>
              {t('models.setAlias')}
            </Button>
          </Group>
        </form>
      </Group>
    </section>
  );
}
