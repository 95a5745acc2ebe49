// One model: its versions at the side, and all that is known of the one that is shown.

import { ActionIcon, Center, Group, Loader, Menu, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { ApiError, type ModelDetail } from '@migaki/api';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useRunWords } from '../runs/use-run-words.ts';
import { client, queryClient } from '../server/client.ts';
import { modelQuery } from '../server/run-queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView, notifyError } from '../shell/ErrorView.tsx';
import { NotesField } from '../shell/NotesField.tsx';
import { notifyDone } from '../shell/notify.tsx';
import { RenameDialog } from '../shell/RenameDialog.tsx';
import { AliasBadge } from './ModelLink.tsx';
import { VersionPart } from './VersionPart.tsx';
import '../runs/runs.css';
import './models.css';

const route = getRouteApi('/models/$modelId');

export function ModelPage() {
  const { t } = useTranslation();
  const { modelId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: model, error, refetch } = useQuery(modelQuery(Number(modelId)));
  const shown =
    model?.versions.find(({ version }) => String(version) === search.version) ?? model?.versions[0];
  const step = (by: number) => {
    if (model === undefined || shown === undefined) return;
    const next = model.versions[model.versions.indexOf(shown) + by];
    if (next !== undefined)
      void navigate({ search: { version: String(next.version) }, replace: true });
  };
  const group = t('models.one');
  useActions([
    { id: 'next-version', label: t('detail.next'), group, keys: ['j'], run: () => step(1) },
    {
      id: 'previous-version',
      label: t('detail.previous'),
      group,
      keys: ['k'],
      run: () => step(-1),
    },
  ]);
  if (error !== null && model === undefined) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <Center h="60vh" p="md">
        <ErrorView error={error} onRetry={isGone ? undefined : refetch} />
      </Center>
    );
  }
  if (model === undefined) return <Loader m="auto" />;
  return (
    <div className="model-page">
      <aside className="model-side">
        <ModelHeader model={model} />
        <nav className="model-versions" aria-label={t('models.versions')}>
          {model.versions.map((version, index) => (
            <Link
              key={version.version}
              to="/models/$modelId"
              params={{ modelId }}
              search={{ version: String(version.version) }}
              className="model-version"
              activeProps={{ className: '' }}
              data-shown={version === shown || undefined}
              aria-current={version === shown ? 'page' : undefined}
            >
              <VersionLine version={version} isNewest={index === 0} />
            </Link>
          ))}
        </nav>
        <NotesField
          label={t('models.notes')}
          notes={model.notes}
          placeholder={t('models.notesPlaceholder')}
          onSave={async (notes) => {
            await client.changeModel({ params: { modelId: model.id }, body: { notes } });
            await queryClient.invalidateQueries({ queryKey: ['models'] });
          }}
        />
      </aside>
      {shown === undefined ? (
        <Text m="auto" c="dimmed">
          {t('models.none')}
        </Text>
      ) : (
        <VersionPart key={shown.version} model={model} version={shown} />
      )}
    </div>
  );
}

function VersionLine({
  version,
  isNewest,
}: {
  version: ModelDetail['versions'][number];
  isNewest: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const { primaryMetric, metrics } = version;
  return (
    <>
      <Group gap={6}>
        <Text size="sm" fw={600}>
          @{version.version}
        </Text>
        {version.aliases.map((alias) => (
          <AliasBadge key={alias} alias={alias} />
        ))}
        {isNewest && (
          <Text size="xs" c="dimmed">
            {t('models.newest')}
          </Text>
        )}
      </Group>
      <Text size="xs" c="dimmed" className="digits">
        {primaryMetric !== null && metrics[primaryMetric] !== undefined
          ? `${words.metric(primaryMetric)} ${words.score(primaryMetric, metrics[primaryMetric])} · `
          : ''}
        {format.ago(version.createdAt)}
      </Text>
    </>
  );
}

function ModelHeader({ model }: { model: ModelDetail }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [isRenaming, setRenaming] = useState(false);
  const params = { modelId: model.id };
  const remove = async () => {
    try {
      await client.deleteModel({ params });
      await navigate({ to: '/models', search: {} });
      queryClient.removeQueries({ queryKey: ['models', 'one', model.id] });
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      notifyDone(t('models.deleted', { name: model.name }));
    } catch (error) {
      notifyError(error);
    }
  };
  const askDelete = () =>
    modals.openConfirmModal({
      title: t('models.confirmDelete', { name: model.name }),
      children: <Text size="sm">{t('models.deleteExplanation')}</Text>,
      labels: { confirm: t('models.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: remove,
    });
  const aliases = model.aliases.map(({ alias }) => alias).join(', ');
  const isPointedAt = aliases !== '';
  const group = t('models.one');
  useActions([
    {
      id: 'rename-model',
      label: t('models.rename'),
      group,
      keys: ['F2'],
      run: () => setRenaming(true),
    },
    ...(isPointedAt
      ? []
      : [{ id: 'delete-model', label: t('models.delete'), group, run: askDelete }]),
  ]);
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Title order={1} size="h3" className="run-title">
        {model.name}
      </Title>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('models.menu', { name: model.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setRenaming(true)}>
            {t('models.rename')}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            disabled={isPointedAt}
            title={isPointedAt ? t('models.aliasesInTheWay', { aliases }) : undefined}
            onClick={askDelete}
          >
            {t('models.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog
        title={t('models.rename')}
        name={model.name}
        isOpen={isRenaming}
        onClose={() => setRenaming(false)}
        onRename={async (name) => {
          await client.changeModel({ params, body: { name } });
          await queryClient.invalidateQueries({ queryKey: ['models'] });
        }}
      />
    </Group>
  );
}
