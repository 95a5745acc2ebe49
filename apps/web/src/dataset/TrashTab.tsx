// The deleted images of a dataset: look, choose, take back.

import { Button, Paper, Text } from '@mantine/core';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import type { View } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { EmptyState } from '../shell/EmptyState.tsx';
import { TileGrid } from './grid/TileGrid.tsx';
import { deletedImageTiles } from './grid/tile-kind.ts';
import { useTileList } from './grid/use-tile-list.ts';
import { useOverlayStyle } from './overlay/use-overlay-style.ts';

const route = getRouteApi('/datasets/$datasetId/trash');
const everything: View = { q: '', sort: 'name' };

export function TrashTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const datasetId = Number(route.useParams().datasetId);
  const style = useOverlayStyle(datasetId);
  const list = useTileList(deletedImageTiles, datasetId, everything);
  const { count, choose, bulk } = list;
  const { total = 0 } = list.windows;
  const restore = () => bulk.mutate({ action: { type: 'restoreImages' } });
  const group = t('trash.title');
  useActions([
    {
      id: 'restore',
      label: t('trash.restore'),
      group,
      keys: ['r'],
      run: () => count > 0 && restore(),
    },
    { id: 'clear', label: t('bulk.clear'), group, keys: ['Escape'], run: choose.clear },
  ]);
  return (
    <section className="view-content">
      <TileGrid
        label={t('trash.title')}
        list={list}
        style={style}
        onOpen={choose.toggle}
        onEdit={choose.toggle}
        empty={
          <EmptyState
            icon={<IconTrash size={40} stroke={1.2} />}
            title={t('trash.empty')}
            advice={t('trash.imagesAdvice')}
          />
        }
      />
      {total > 0 && (
        <Paper className="bulk-bar" shadow="md" withBorder role="toolbar" aria-label={group}>
          <Text size="sm" fw={600}>
            {count > 0
              ? t('bulk.selected.images', { count, shown: format.count(count) })
              : t('trash.count', { count: total, shown: format.count(total) })}
          </Text>
          {count === 0 ? (
            <Button variant="light" onClick={choose.selectAll}>
              {t('grid.selectAll')}
            </Button>
          ) : (
            <Button
              leftSection={<IconRestore size={14} />}
              loading={bulk.isPending}
              onClick={restore}
            >
              {t('trash.restore')}
            </Button>
          )}
        </Paper>
      )}
    </section>
  );
}
