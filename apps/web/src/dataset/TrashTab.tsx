// The deleted images of a dataset: look, choose, take back.

import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { imageWindowQuery } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { useDisplayPreferences } from '../shell/preferences.ts';
import { useBulk } from './bulk/use-bulk.ts';
import { footerHeight, ImageTile } from './grid/ImageTile.tsx';
import { useWindows } from './grid/use-windows.ts';
import { VirtualGrid } from './grid/VirtualGrid.tsx';
import { useOverlayStyle } from './overlay/use-overlay-style.ts';
import { isSelected, selectedCount } from './selection/selection.ts';
import { useGridSelection } from './selection/use-grid-selection.ts';

const route = getRouteApi('/datasets/$datasetId/trash');
const tileHeight = (width: number) => Math.round(width * 0.75) + footerHeight;

export function TrashTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const datasetId = Number(route.useParams().datasetId);
  const style = useOverlayStyle(datasetId);
  const [{ tileWidth, isOverlayShown }] = useDisplayPreferences();
  const windowQuery = useCallback(
    (window: number) => imageWindowQuery(datasetId, { q: '', sort: 'name' }, window, 'only'),
    [datasetId],
  );
  const { total, error, refetch, itemAt, itemsBetween, see } = useWindows(windowQuery);
  const idsBetween = async (from: number, to: number) =>
    (await itemsBetween(from, to)).map(({ id }) => id);
  const { selection, click, toggle, extend, selectAll, clear } = useGridSelection(
    { idAt: (position) => itemAt(position)?.id, idsBetween },
    String(datasetId),
  );
  const count = selectedCount(selection, total ?? 0);
  const bulk = useBulk(datasetId, {
    count,
    onEnd: clear,
    getSelection: async () => {
      if (selection.mode === 'some') return { imageIds: [...selection.ids] };
      const all = await idsBetween(0, (total ?? 1) - 1);
      return { imageIds: all.filter((id) => !selection.ids.has(id)) };
    },
  });
  const restore = () => bulk.mutate({ type: 'restoreImages' });
  const group = t('trash.title');
  useActions([
    { id: 'select-all', label: t('grid.selectAll'), group, keys: ['mod+a'], run: selectAll },
    {
      id: 'restore',
      label: t('trash.restore'),
      group,
      keys: ['r'],
      run: () => count > 0 && restore(),
    },
    { id: 'clear', label: t('bulk.clear'), group, keys: ['Escape'], run: clear },
  ]);
  if (error !== null && total === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (total === 0) {
    return (
      <Stack align="center" gap="xs" className="empty-view">
        <IconTrash size={40} stroke={1.2} />
        <Title order={2} size="h4">
          {t('trash.empty')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('trash.imagesAdvice')}
        </Text>
      </Stack>
    );
  }
  return (
    <section className="view-content">
      <VirtualGrid
        label={t('trash.title')}
        total={total ?? 0}
        wantedTileWidth={tileWidth}
        tileHeight={tileHeight}
        onSee={see}
        onOpen={toggle}
        onToggle={toggle}
        onExtend={extend}
        listKey={String(datasetId)}
        renderTile={({ position, width, height, isFocused }) => {
          const item = itemAt(position);
          return (
            <ImageTile
              key={position}
              image={item}
              position={position}
              total={total ?? 0}
              width={width}
              height={height}
              isSelected={item !== undefined && isSelected(selection, item.id)}
              isFocused={isFocused}
              style={isOverlayShown ? style : null}
              onClick={click}
              onCheck={toggle}
              onOpen={toggle}
            />
          );
        }}
      />
      <Paper className="bulk-bar" shadow="md" withBorder role="toolbar" aria-label={group}>
        <Text size="sm" fw={600}>
          {count > 0
            ? t('bulk.selected.images', { count, shown: format.count(count) })
            : t('trash.count', { count: total ?? 0, shown: format.count(total ?? 0) })}
        </Text>
        {count === 0 ? (
          <Button variant="light" onClick={selectAll}>
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
    </section>
  );
}
