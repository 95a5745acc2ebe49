// Toolbar above, filters at the left or in a drawer, the view itself in the rest.

import { Button, Center, Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SortOrder, View } from '../server/queries.ts';
import { FilterSidebar } from './filters/FilterSidebar.tsx';
import { useFilterSidebar } from './filters/use-filter-sidebar.ts';
import type { OverlayStyle } from './overlay/draw-overlays.ts';
import { ViewToolbar } from './toolbar/ViewToolbar.tsx';
import './dataset.css';

interface ViewFrameProps {
  datasetId: number;
  view: View;
  style: OverlayStyle;
  summary: string | null;
  /** Why the server did not understand the query: nothing that there was before is shown under it. */
  queryError: string | null;
  /** What the filters count. */
  of?: 'images' | 'objects';
  /** Of the tiles, if there are any. */
  orders?: readonly SortOrder[];
  /** False while the view itself is on its way, which comes before the counts beside it. */
  areCountsDue?: boolean;
  onChange: (view: Partial<View>) => void;
  children: ReactNode;
}

const none: readonly SortOrder[] = [];

export function ViewFrame(props: ViewFrameProps) {
  const { datasetId, view, style, queryError, orders = none, onChange, children } = props;
  const { of = 'images', areCountsDue = true } = props;
  const { t } = useTranslation();
  const sidebar = useFilterSidebar();
  const summary = queryError === null ? props.summary : '';
  const filters = (
    <FilterSidebar
      datasetId={datasetId}
      query={view.q}
      of={of}
      colorOf={style.colorOf}
      areCountsDue={areCountsDue}
      onChange={onChange}
    />
  );
  return (
    <div className="view-frame">
      <ViewToolbar
        datasetId={datasetId}
        view={view}
        summary={summary}
        error={queryError}
        orders={orders}
        areFiltersShown={sidebar.isOpen}
        onToggleFilters={sidebar.toggle}
        onChange={onChange}
      />
      <div className="view-body">
        {sidebar.isDrawer ? (
          <Drawer
            opened={sidebar.isOpen}
            onClose={sidebar.toggle}
            size={300}
            withCloseButton={false}
            padding={0}
            className="filters-drawer"
          >
            {filters}
            <div className="filters-done">
              <Button fullWidth size="sm" onClick={sidebar.toggle}>
                {summary === '' ? t('close') : (summary ?? '…')}
              </Button>
            </div>
          </Drawer>
        ) : (
          sidebar.isOpen && filters
        )}
        <section className="view-content">
          {queryError === null ? (
            children
          ) : (
            <Center p="xl" c="dimmed">
              {t('grid.queryNotUnderstood')}
            </Center>
          )}
        </section>
      </div>
    </div>
  );
}
