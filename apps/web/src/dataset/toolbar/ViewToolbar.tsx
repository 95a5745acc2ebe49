// Above a view of a dataset: the query, the order, saved views, how tiles look.

import { ActionIcon, Select, Slider, Text, Tooltip } from '@mantine/core';
import { IconFilter, IconLayoutSidebarLeftCollapse, IconPhoto } from '@tabler/icons-react';
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SortOrder, View } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { useDisplayPreferences } from '../../shell/preferences.ts';
import { clampedTileWidth, tileWidths } from '../grid/tile-width.ts';
import { isWrongOrder } from '../search.ts';
import { DisplayMenu } from './DisplayMenu.tsx';
import { QueryBar } from './QueryBar.tsx';
import { SavedViews } from './SavedViews.tsx';
import { useDisplayActions } from './use-display-actions.ts';

interface ViewToolbarProps {
  datasetId: number;
  view: View;
  /** How many match, with their noun. */
  summary: string | null;
  error: string | null;
  /** Orders to choose from; none where there are no tiles, so that sizes mean nothing either. */
  orders: readonly SortOrder[];
  areFiltersShown: boolean;
  onToggleFilters: () => void;
  onChange: (view: Partial<View>) => void;
}

export const ViewToolbar = memo(function ViewToolbar(props: ViewToolbarProps) {
  const { datasetId, view, summary, error, orders, onChange } = props;
  const { areFiltersShown, onToggleFilters } = props;
  const hasTiles = orders.length > 0;
  const { t } = useTranslation();
  const [preferences, change] = useDisplayPreferences();
  const input = useRef<HTMLInputElement>(null);
  const { tileWidth } = preferences;
  const group = t('toolbar.group');
  const displayActions = useDisplayActions(group);
  const zoom = (steps: number) =>
    change({ tileWidth: clampedTileWidth(tileWidth + steps * tileWidths.step) });
  useActions([
    { id: 'query', label: t('query.label'), group, keys: ['/'], run: () => input.current?.focus() },
    {
      id: 'sidebar',
      label: t('toolbar.toggleFilters'),
      group,
      keys: ['f'],
      run: onToggleFilters,
    },
    ...(hasTiles
      ? [
          ...displayActions,
          { id: 'larger', label: t('toolbar.larger'), group, keys: ['+', '='], run: () => zoom(2) },
          { id: 'smaller', label: t('toolbar.smaller'), group, keys: ['-'], run: () => zoom(-2) },
        ]
      : []),
  ]);
  return (
    <div className="view-toolbar">
      <Tooltip label={`${t('toolbar.toggleFilters')} (F)`}>
        <ActionIcon
          aria-label={t('toolbar.toggleFilters')}
          aria-pressed={areFiltersShown}
          onClick={onToggleFilters}
        >
          {areFiltersShown ? <IconLayoutSidebarLeftCollapse size={18} /> : <IconFilter size={18} />}
        </ActionIcon>
      </Tooltip>
      <QueryBar
        datasetId={datasetId}
        query={view.q}
        error={error}
        inputRef={input}
        onChange={(q) => onChange({ q })}
      />
      <Text size="xs" c="dimmed" className="view-count" role="status">
        {summary ?? '…'}
      </Text>
      <SavedViews datasetId={datasetId} view={view} onChange={onChange} />
      {hasTiles && (
        <>
          <Select
            size="xs"
            className="sort-order"
            aria-label={t('toolbar.sort')}
            data={(isWrongOrder(view.sort) ? [view.sort, ...orders] : orders).map((value) => ({
              value,
              label: isWrongOrder(value)
                ? t(value.startsWith('-') ? 'sorts.-wrong' : 'sorts.wrong')
                : t(`sorts.${value}`),
            }))}
            value={view.sort}
            onChange={(sort) => onChange({ sort: sort as SortOrder })}
            allowDeselect={false}
            maxDropdownHeight={360}
          />
          <DisplayMenu />
          <div className="zoom">
            <IconPhoto size={12} aria-hidden />
            <Slider
              size="xs"
              w={90}
              label={null}
              {...tileWidths}
              value={tileWidth}
              thumbLabel={t('toolbar.zoom')}
              onChange={(value) => change({ tileWidth: value })}
            />
            <IconPhoto size={18} aria-hidden />
          </div>
        </>
      )}
    </div>
  );
});
