import { ActionIcon, Badge, Loader, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { DatasetSummary } from '@migaki/api';
import {
  IconDots,
  IconPencil,
  IconPhoto,
  IconPhotoOff,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { openImport } from '../import/import-dialog-state.ts';
import { client, pictureUrl, queryClient } from '../server/client.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { notifyWithUndo } from '../shell/notify.tsx';
import { DatasetForm } from './DatasetForm.tsx';

interface DatasetCardProps {
  dataset: DatasetSummary;
  /** Pictures that are missing may be on their way. */
  isImporting: boolean;
}

export function DatasetCard({ dataset, isImporting }: DatasetCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isEditing, setEditing] = useState(false);

  const refresh = () => queryClient.invalidateQueries({ queryKey: ['datasets'] });
  const params = { datasetId: dataset.id };
  const moveToTrash = async () => {
    try {
      await client.deleteDataset({ params, query: {} });
      await refresh();
      notifyWithUndo(t('datasets.deleted', { name: dataset.name }), t('undo'), async () => {
        await client.restoreDataset({ params });
        await refresh();
        notifications.clean();
      });
    } catch (error) {
      notifyError(error);
    }
  };

  return (
    <article className="dataset-card">
      <Link
        to="/datasets/$datasetId/images"
        params={{ datasetId: String(dataset.id) }}
        className="dataset-card-link"
      >
        <Cover shas={dataset.covers} />
        <div className="dataset-card-text">
          <Text fw={600} truncate title={dataset.name}>
            {dataset.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {dataset.description || t('datasets.changed', { ago: format.ago(dataset.changedAt) })}
          </Text>
          <div className="dataset-card-counts">
            <Text size="xs">
              {t('counts.pictures', {
                count: dataset.imageCount,
                shown: format.count(dataset.imageCount),
              })}
            </Text>
            <Text size="xs">
              {t('counts.objects', {
                count: dataset.annotationCount,
                shown: format.count(dataset.annotationCount),
              })}
            </Text>
            {isImporting && (
              <Badge size="sm" variant="light" leftSection={<Loader size={10} />}>
                {t('datasets.importing')}
              </Badge>
            )}
            {dataset.missingPictureCount > 0 && !isImporting && (
              <Badge
                size="sm"
                color="orange"
                variant="light"
                c="light-dark(#8f3206, var(--mantine-color-orange-3))"
                leftSection={<IconPhotoOff size={11} />}
              >
                {t('datasets.missing', { count: dataset.missingPictureCount })}
              </Badge>
            )}
          </div>
        </div>
      </Link>
      <Menu>
        <Menu.Target>
          <ActionIcon
            className="dataset-card-menu"
            aria-label={t('datasets.menu', { name: dataset.name })}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>
            {t('datasets.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUpload size={14} />}
            onClick={() => openImport({ datasetId: dataset.id })}
          >
            {t('dataset.import')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={moveToTrash}>
            {t('datasets.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DatasetForm dataset={dataset} isOpen={isEditing} onClose={() => setEditing(false)} />
    </article>
  );
}

export function Cover({ shas }: { shas: readonly string[] }) {
  if (shas.length === 0) {
    return (
      <div className="cover cover-empty">
        <IconPhoto size={36} stroke={1.2} />
      </div>
    );
  }
  const shown = shas.length < 4 ? shas.slice(0, 1) : shas;
  return (
    <div className="cover" data-count={shown.length}>
      {shown.map((sha) => (
        <img
          key={sha}
          src={pictureUrl(sha, shown.length === 1 ? 512 : 256)}
          alt=""
          loading="lazy"
          decoding="async"
        />
      ))}
    </div>
  );
}
