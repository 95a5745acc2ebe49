// The categories as rows: chosen by mouse or keys, put into another order by dragging or with Alt and an arrow.

import { Text } from '@mantine/core';
import type { Category } from '@migaki/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../shell/actions.ts';
import type { ColorOf } from '../overlay/colors.ts';
import { CategoryRow } from './CategoryRow.tsx';
import { useCategoryActions } from './use-category-actions.ts';

/** CSS pixels. */
const rowHeight = 38;

interface CategoryListProps {
  datasetId: number;
  /** Those that are shown. */
  categories: readonly Category[];
  all: readonly Category[];
  colorOf: ColorOf;
  openId: number | undefined;
  selectedIds: ReadonlySet<number>;
  onSelect: (ids: ReadonlySet<number>) => void;
  onOpen: (category: Category) => void;
  onMerge: (category: Category) => void;
  onDelete: (category: Category) => void;
}

export function CategoryList(props: CategoryListProps) {
  const { datasetId, categories, all, colorOf, openId, selectedIds } = props;
  const { onSelect, onOpen, onMerge, onDelete } = props;
  const { t } = useTranslation();
  const { order } = useCategoryActions(datasetId);
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  /** While a row is dragged: which one, and before which row it would be put. */
  const [drag, setDrag] = useState<{ from: number; before: number } | null>(null);
  /** A row that loses the focus when it is drawn where it was moved to, and gets it back there. */
  const moved = useRef<{ id: number; to: number } | null>(null);
  const canMove = categories.length === all.length;
  const rows = useVirtualizer({
    count: categories.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const current = Math.min(focused, categories.length - 1);

  const focus = (index: number) => {
    const within = Math.min(categories.length - 1, Math.max(0, index));
    setFocused(within);
    rows.scrollToIndex(within);
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${within}"] .category-name`)
        ?.focus(),
    );
  };
  /** @param before index of the row that comes after the moved one then */
  const move = (from: number, before: number) => {
    const to = before > from ? before - 1 : before;
    if (!canMove || to === from || to < 0 || to >= categories.length) return;
    const ids = categories.map(({ id }) => id);
    const [id] = ids.splice(from, 1);
    ids.splice(to, 0, id);
    setFocused(to);
    moved.current = { id, to };
    void order(ids);
  };
  useEffect(() => {
    if (moved.current === null || categories[moved.current.to]?.id !== moved.current.id) return;
    focus(moved.current.to);
    moved.current = null;
  });
  const moveCurrent = (steps: number) => move(current, steps > 0 ? current + 2 : current - 1);
  const toggle = ({ id }: Category) =>
    onSelect(
      selectedIds.has(id)
        ? new Set([...selectedIds].filter((each) => each !== id))
        : new Set([...selectedIds, id]),
    );

  const group = t('dataset.tabs.categories');
  // Listed here, run by the rows that have the focus.
  const key = (id: string, label: string, chord: string, run: () => void) => ({
    id,
    label,
    group,
    keys: [chord],
    run,
    isKeyOnly: true,
  });
  useActions([
    key('category-up', t('categories.moveUp'), 'alt+ArrowUp', () => moveCurrent(-1)),
    key('category-down', t('categories.moveDown'), 'alt+ArrowDown', () => moveCurrent(1)),
    key('category-next', t('categories.nextRow'), 'ArrowDown', () => focus(current)),
    key('category-select', t('grid.toggle'), ' ', () => toggle(categories[current])),
  ]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target as HTMLElement).matches('.category-name')) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => (event.altKey ? moveCurrent(1) : focus(current + 1)),
      ArrowUp: () => (event.altKey ? moveCurrent(-1) : focus(current - 1)),
      Home: () => focus(0),
      End: () => focus(categories.length - 1),
      ' ': () => toggle(categories[current]),
      Delete: () => onDelete(categories[current]),
    };
    const step = steps[event.key];
    // Delete is for all that are selected, if any are.
    if (step === undefined || (event.key === 'Delete' && selectedIds.size > 0)) return;
    event.preventDefault();
    step();
  };

  const rowAt = (event: PointerEvent) => {
    const { top } = scroller.current!.getBoundingClientRect();
    const at = (event.clientY - top + scroller.current!.scrollTop) / rowHeight;
    return Math.min(categories.length, Math.max(0, Math.round(at)));
  };
  return (
    <>
      <div className="category-grid category-head" aria-hidden>
        <span />
        <span />
        <Text size="xs">{t('categories.name')}</Text>
        <Text size="xs" className="category-super">
          {t('categories.supercategory')}
        </Text>
        <Text size="xs" ta="right">
          {t('categories.pictures')}
        </Text>
        <Text size="xs" ta="right">
          {t('categories.objects')}
        </Text>
        <Text size="xs" ta="right" className="category-points">
          {t('categories.keypoints.title')}
        </Text>
        <span />
      </div>
      <div ref={scroller} className="category-scroller">
        <ul style={{ height: rows.getTotalSize() }} onKeyDown={onKeyDown}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const category = categories[index];
            return (
              <CategoryRow
                key={category.id}
                datasetId={datasetId}
                category={category}
                index={index}
                top={start}
                height={rowHeight}
                color={colorOf({ categoryId: category.id, origin: '' })}
                isOpen={category.id === openId}
                isSelected={selectedIds.has(category.id)}
                isCurrent={index === current}
                isDragged={drag?.from === index}
                canMove={canMove}
                onFocus={() => setFocused(index)}
                onToggle={() => toggle(category)}
                onOpen={() => onOpen(category)}
                onMerge={all.length > 1 ? () => onMerge(category) : undefined}
                onDelete={() => onDelete(category)}
                grip={{
                  onPointerDown: (event) => {
                    event.currentTarget.setPointerCapture(event.pointerId);
                    setDrag({ from: index, before: index });
                  },
                  onPointerMove: (event) =>
                    drag !== null && setDrag({ ...drag, before: rowAt(event) }),
                  onPointerUp: () => {
                    if (drag !== null) move(drag.from, drag.before);
                    setDrag(null);
                  },
                  onPointerCancel: () => setDrag(null),
                }}
              />
            );
          })}
          {drag !== null && (
            <li className="category-target" aria-hidden style={{ top: drag.before * rowHeight }} />
          )}
        </ul>
      </div>
    </>
  );
}
