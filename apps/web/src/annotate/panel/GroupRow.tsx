// A category in the list of objects, for all of its objects at once.

import type { AnnotationObject } from '@migaki/annotator';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { FlagButtons } from './FlagButtons.tsx';
import { type ObjectRow, rowStyle } from './object-rows.ts';

interface GroupRowProps {
  row: ObjectRow & { type: 'group' };
  /** In the list, CSS pixels. */
  top: number;
  colorOf: (object: Pick<AnnotationObject, 'id' | 'categoryId' | 'origin'>) => string;
  onToggle: (categoryId: number | null) => void;
}

export function GroupRow({
  row: { category, ids, isOpen },
  top,
  colorOf,
  onToggle,
}: GroupRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const categoryId = category?.id ?? null;
  const name = category?.name ?? t('annotate.panel.noCategory');
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className="annotate-row annotate-group" style={rowStyle(top)} role="presentation">
      <button
        type="button"
        className="annotate-group-name"
        aria-expanded={isOpen}
        onClick={() => onToggle(categoryId)}
      >
        <Chevron size={14} aria-hidden />
        <span
          className="swatch"
          style={{ background: colorOf({ id: 0, categoryId, origin: 'human' }) }}
        />
        <span className="annotate-row-name">{name}</span>
        <span className="annotate-row-count">{format.count(ids.length)}</span>
      </button>
      <FlagButtons ids={ids} name={name} />
    </div>
  );
}
