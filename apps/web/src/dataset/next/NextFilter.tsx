// What was chosen to be labelled next as a filter, and the way to choose.

import { Button, Checkbox } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { nextToLabelQuery, type View } from '../../server/queries.ts';
import { openDatasetDialog } from '../dataset-dialog.ts';
import { FilterSection } from '../filters/FilterSection.tsx';
import { addPart, withoutField } from '../query/query-text.ts';
import { chosenView } from './chosen-view.ts';

interface NextFilterProps {
  datasetId: number;
  query: string;
  /** What the view shows: only pictures are counted here. */
  of: 'images' | 'objects';
  onChange: (view: Partial<View>) => void;
}

export function NextFilter({ datasetId, query, of, onChange }: NextFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: chosen } = useQuery(nextToLabelQuery(datasetId));
  const count = chosen?.size ?? 0;
  const rest = withoutField(query, 'next');
  const isChosen = rest !== query;
  const clear = () => onChange({ q: rest });
  const choose = () => {
    const { q, sort } = chosenView(count);
    onChange({ q: addPart(rest, q), sort });
  };
  return (
    <FilterSection title={t('toLabel.title')} isChosen={isChosen} onClear={clear}>
      {(count > 0 || isChosen) && (
        <div className="facet alone">
          <Checkbox
            size="xs"
            checked={isChosen}
            onChange={() => (isChosen ? clear() : choose())}
            label={
              <span className="facet-label">
                <IconTargetArrow size={14} aria-hidden />
                <span>{t('toLabel.chosen')}</span>
              </span>
            }
          />
          <span className="facet-count">{chosen && of === 'images' && format.compact(count)}</span>
        </div>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={count === 0 && <IconTargetArrow size={13} />}
        onClick={() => openDatasetDialog('next')}
      >
        {t(count === 0 ? 'toLabel.choose' : 'toLabel.again')}
      </Button>
    </FilterSection>
  );
}
