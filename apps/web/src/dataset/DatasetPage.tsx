// The frame of one dataset: its views as tabs, import and export.

import { Button, Center, Group } from '@mantine/core';
import { ApiError } from '@migaki/api';
import {
  IconChartBar,
  IconDownload,
  IconHistory,
  IconMap2,
  IconPhoto,
  IconPlayerPlay,
  IconPolygon,
  IconRepeat,
  IconSparkles,
  IconTags,
  IconTrash,
  IconTrendingUp,
  IconUpload,
  IconZoomExclamation,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { openImport } from '../import/import-dialog-state.ts';
import { PageDropzone } from '../import/PageDropzone.tsx';
import { PreannotateDialog } from '../preannotate/PreannotateDialog.tsx';
import { datasetQuery, objectEmbeddingsQuery } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { undoLast } from './bulk/undo.ts';
import { useUndoTalk } from './bulk/use-undo-talk.ts';
import { closeDatasetDialog, openDatasetDialog, useDatasetDialog } from './dataset-dialog.ts';
import { EmbedDialog } from './map/EmbedDialog.tsx';
import { NextDialog } from './next/NextDialog.tsx';
import { useActiveInView } from './use-active-in-view.ts';
import './dataset.css';

const tabs = [
  { path: 'images', icon: IconPhoto, keepsQuery: true },
  { path: 'objects', icon: IconPolygon, keepsQuery: true },
  { path: 'categories', icon: IconTags, keepsQuery: false },
  { path: 'statistics', icon: IconChartBar, keepsQuery: true },
  { path: 'map', icon: IconMap2, keepsQuery: true },
  { path: 'versions', icon: IconHistory, keepsQuery: false },
  { path: 'runs', icon: IconTrendingUp, keepsQuery: false },
  { path: 'rounds', icon: IconRepeat, keepsQuery: false },
  { path: 'mistakes', icon: IconZoomExclamation, keepsQuery: true },
  { path: 'trash', icon: IconTrash, keepsQuery: false },
] as const;

export function DatasetPage() {
  const { t } = useTranslation();
  const params = useParams({ from: '/datasets/$datasetId' });
  const datasetId = Number(params.datasetId);
  const { q } = useSearch({ strict: false }) as { q?: string };
  const navigate = useNavigate();
  const undoTalk = useUndoTalk(datasetId);
  const tabRow = useActiveInView();
  const [isExporting, setExporting] = useState(false);
  const [isPreannotating, setPreannotating] = useState(false);
  const dialog = useDatasetDialog();
  const { data: compared } = useQuery(objectEmbeddingsQuery(datasetId));
  const { data: dataset, error, refetch } = useQuery(datasetQuery(datasetId));
  const group = t('dataset.group');

  const trainSearch = { dataset: params.datasetId, ...(q !== undefined && { q }) };
  const searchOf = (keepsQuery: boolean) => (keepsQuery && q !== undefined ? { q } : {});
  useActions([
    {
      id: 'import',
      label: t('dataset.import'),
      group,
      keys: ['i'],
      run: () => openImport({ datasetId }),
    },
    {
      id: 'train',
      label: t('runs.train.title'),
      group,
      run: () => void navigate({ to: '/runs/new', search: trainSearch }),
    },
    {
      id: 'preannotate',
      label: t('preannotate.title'),
      group,
      keys: ['shift+p'],
      run: () => setPreannotating(true),
    },
    {
      id: 'look-over',
      label: t('lookOver.title'),
      group,
      keys: ['shift+l'],
      run: () =>
        void navigate({
          to: '/datasets/$datasetId/look-over',
          params,
          search: { begin: '1', ...(q !== undefined && { q }) },
        }),
    },
    {
      id: 'to-label',
      label: t('toLabel.title'),
      group,
      keys: ['shift+c'],
      run: () => openDatasetDialog('next'),
    },
    {
      id: 'compare-objects',
      label: t('compareObjects.title'),
      group,
      run: () => openDatasetDialog('compare-objects'),
    },
    {
      id: 'export',
      label: t('dataset.export'),
      group,
      keys: ['shift+e'],
      run: () => setExporting(true),
    },
    {
      id: 'undo',
      label: t('undo'),
      group,
      keys: ['mod+z'],
      run: () => void undoLast(datasetId, undoTalk),
    },
    ...tabs.map(({ path, keepsQuery }, index) => ({
      id: `tab-${path}`,
      label: t('dataset.show', { tab: t(`dataset.tabs.${path}`) }),
      group,
      keys: [`alt+${(index + 1) % 10}`],
      run: () =>
        void navigate({
          to: `/datasets/$datasetId/${path}`,
          params,
          search: searchOf(keepsQuery),
        }),
    })),
  ]);

  if (error !== null && dataset === undefined) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <Center h="60vh" p="md">
        <ErrorView error={error} onRetry={isGone ? undefined : refetch} />
      </Center>
    );
  }
  return (
    <div className="dataset-page">
      <PageDropzone datasetId={datasetId} />
      <div className="dataset-bar">
        <nav ref={tabRow} className="tabs" aria-label={t('dataset.views')}>
          {tabs.map(({ path, icon: Icon, keepsQuery }) => (
            <Link
              key={path}
              to={`/datasets/$datasetId/${path}`}
              params={params}
              search={searchOf(keepsQuery)}
              activeOptions={{ includeSearch: false }}
              className="tab"
            >
              <Icon size={16} stroke={1.7} />
              {t(`dataset.tabs.${path}`)}
            </Link>
          ))}
        </nav>
        <Group gap="xs" wrap="nowrap">
          <LinkButton
            variant="default"
            aria-label={t('dataset.train')}
            leftSection={<IconPlayerPlay size={14} />}
            to="/runs/new"
            search={trainSearch}
          >
            {t('dataset.train')}
          </LinkButton>
          <Button
            variant="default"
            aria-label={t('preannotate.title')}
            leftSection={<IconSparkles size={14} />}
            onClick={() => setPreannotating(true)}
          >
            {t('preannotate.button')}
          </Button>
          <Button
            variant="default"
            aria-label={t('dataset.export')}
            leftSection={<IconDownload size={14} />}
            onClick={() => setExporting(true)}
          >
            {t('dataset.export')}
          </Button>
          <Button
            aria-label={t('dataset.import')}
            leftSection={<IconUpload size={14} />}
            onClick={() => openImport({ datasetId })}
          >
            {t('dataset.import')}
          </Button>
        </Group>
      </div>
      <Outlet />
      <PreannotateDialog
        datasetId={datasetId}
        query={q ?? ''}
        isOpen={isPreannotating}
        onClose={() => setPreannotating(false)}
      />
      <EmbedDialog
        datasetId={datasetId}
        of="objects"
        model={compared ? `${compared.model.name}@${compared.model.version}` : null}
        isOpen={dialog === 'compare-objects'}
        onClose={closeDatasetDialog}
      />
      <NextDialog
        datasetId={datasetId}
        query={q ?? ''}
        isOpen={dialog === 'next'}
        onClose={closeDatasetDialog}
      />
      <ExportDialog
        datasetId={datasetId}
        query={q ?? ''}
        isOpen={isExporting}
        onClose={() => setExporting(false)}
      />
    </div>
  );
}
