// Right of the canvas: categories, objects and the selected one; or what is said of the whole picture.

import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CategoryList } from './CategoryList.tsx';
import { ObjectList } from './ObjectList.tsx';
import { ObjectPanel } from './ObjectPanel.tsx';
import { PicturePanel } from './PicturePanel.tsx';
import type { PanelState, PanelTab } from './use-panel.ts';
import './panel.css';

export function Panel({ panel }: { panel: PanelState }) {
  const { t } = useTranslation();
  return (
    <aside className="annotate-panel" aria-label={t('annotate.panel.title')} data-region>
      <SegmentedControl
        size="xs"
        fullWidth
        value={panel.tab}
        onChange={(tab) => panel.show(tab as PanelTab)}
        data={(['objects', 'picture'] as const).map((value) => ({
          value,
          label: t(`annotate.panel.tabs.${value}`),
        }))}
      />
      {panel.tab === 'objects' ? (
        <>
          <CategoryList wanted={panel.wanted} />
          <ObjectList panel={panel} />
          <ObjectPanel panel={panel} />
        </>
      ) : (
        <PicturePanel panel={panel} />
      )}
    </aside>
  );
}
