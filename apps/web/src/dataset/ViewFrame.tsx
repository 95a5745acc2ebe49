// Toolbar above, filters at the left, the view itself in the rest.

import type { ReactNode } from 'react';
import type { View } from '../server/queries.ts';
import { useDisplayPreferences } from '../shell/preferences.ts';
import { FilterSidebar } from './filters/FilterSidebar.tsx';
import type { OverlayStyle } from './overlay/draw-overlays.ts';
import { ViewToolbar } from './toolbar/ViewToolbar.tsx';

interface ViewFrameProps {
  datasetId: number;
  view: View;
  style: OverlayStyle;
  summary: string | null;
  queryError: string | null;
  hasTiles?: boolean;
  /** False while the view itself is on its way, which comes before the counts beside it. */
  areCountsDue?: boolean;
  onChange: (view: Partial<View>) => void;
  children: ReactNode;
}

export function ViewFrame(props: ViewFrameProps) {
  const { datasetId, view, style, summary, queryError, hasTiles, onChange, children } = props;
  const { areCountsDue = true } = props;
  const [{ isSidebarOpen }] = useDisplayPreferences();
  return (
    <div className="view-frame">
      <ViewToolbar
        datasetId={datasetId}
        view={view}
        summary={summary}
        error={queryError}
        hasTiles={hasTiles}
        onChange={onChange}
      />
      <div className="view-body">
        {isSidebarOpen && (
          <FilterSidebar
            datasetId={datasetId}
            query={view.q}
            colorOf={style.colorOf}
            areCountsDue={areCountsDue}
            onChange={onChange}
          />
        )}
        <section className="view-content">{children}</section>
      </div>
    </div>
  );
}
