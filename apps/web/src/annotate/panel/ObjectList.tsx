// All objects of the picture under their categories. Only what is in view exists: there may be thousands.

import { colorsOf, type Document, type ObjectId } from '@migaki/annotator';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { GroupRow } from './GroupRow.tsx';
import { ObjectListBar } from './ObjectListBar.tsx';
import { ObjectListRow } from './ObjectListRow.tsx';
import { objectRows, rowHeight } from './object-rows.ts';
import type { PanelState } from './use-panel.ts';
import { useWantedFocus } from './use-wanted-focus.ts';

export function ObjectList({ panel }: { panel: PanelState }) {
  const objects = useEditor(({ document }) => document.objects);
  const first = useEditor(({ selection }) => selection[0] ?? null);
  // Drawing goes before the list of what was drawn.
  return <List panel={panel} objects={useDeferredValue(objects)} first={useDeferredValue(first)} />;
}

interface ListProps {
  panel: PanelState;
  objects: Document['objects'];
  /** Of what is selected. */
  first: ObjectId | null;
}

const List = memo(function List({ panel, objects, first }: ListProps) {
  const { t } = useTranslation();
  const { store } = useSession();
  const dispatch = useDispatch();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [withRejected, setWithRejected] = useState(false);
  const [closed, setClosed] = useState<ReadonlySet<number | null>>(new Set());
  const categories = useEditor(({ document }) => document.categories);
  const colorBy = useEditor(({ settings }) => settings.look.colorBy);
  const colorOf = useMemo(() => colorsOf(colorBy, categories), [colorBy, categories]);
  const rows = useMemo(
    () => objectRows(objects, categories, { text, withRejected, closed }),
    [objects, categories, text, withRejected, closed],
  );
  const firstAt = useMemo(
    () => rows.findIndex((row) => row.type === 'object' && row.object.id === first),
    [rows, first],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // What is new among the rows leaves the others as they are. Another function has all of them measured anew.
    getItemKey: useCallback(
      (index: number) => {
        const row = rows[index];
        return row.type === 'object' ? row.object.id : `group ${row.category?.id}`;
      },
      [rows],
    ),
    overscan: 8,
    // The selected row is told of as the active one, so it is there wherever the list is scrolled to.
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      return firstAt < 0 || inView.includes(firstAt) ? inView : [...inView, firstAt];
    },
  });
  useWantedFocus(panel.wanted, 'objects', list);

  // What is selected on the canvas comes into view here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when other rows come before it, too
  useEffect(() => {
    if (firstAt >= 0) virtual.scrollToIndex(firstAt, { align: 'auto' });
  }, [firstAt, rows, virtual]);

  const rowsNow = useRef(rows);
  useEffect(() => {
    rowsNow.current = rows;
  });
  const objectIds = useCallback(
    () => rowsNow.current.flatMap((row) => (row.type === 'object' ? [row.object.id] : [])),
    [],
  );
  const choose = useCallback(
    (id: ObjectId, event: MouseEvent) => {
      const { selection } = store.get();
      if (event.ctrlKey || event.metaKey) {
        const without = selection.filter((each) => each !== id);
        dispatch({
          type: 'select',
          ids: without.length < selection.length ? without : [...selection, id],
        });
        return;
      }
      const from = event.shiftKey ? objectIds().indexOf(selection[0] ?? Number.NaN) : -1;
      const to = objectIds().indexOf(id);
      const ids = from < 0 ? [id] : objectIds().slice(Math.min(from, to), Math.max(from, to) + 1);
      // Where a further Shift begins stays first.
      dispatch({ type: 'select', ids: from > to ? ids.toReversed() : ids });
    },
    [store, dispatch, objectIds],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const ids = objectIds();
    if (step !== undefined && !event.altKey && !event.shiftKey && ids.length > 0) {
      const at = ids.indexOf(first ?? Number.NaN);
      const next = at < 0 ? (step === 1 ? 0 : ids.length - 1) : at + step;
      dispatch({ type: 'select', ids: [ids[Math.max(0, Math.min(ids.length - 1, next))]] });
    } else if (event.key === 'Enter') dispatch({ type: 'command', name: 'view.zoom-to-object' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const toggle = (categoryId: number | null) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(categoryId)) after.add(categoryId);
      return after;
    });
  return (
    <section className="annotate-objects" aria-label={t('annotate.panel.objects')}>
      <ObjectListBar
        text={text}
        onText={setText}
        withRejected={withRejected}
        onWithRejected={setWithRejected}
      />
      <div ref={scroller} className="annotate-object-scroller">
        {rows.length === 0 && (
          <p className="annotate-hint">
            {t(`annotate.panel.${objects.size === 0 ? 'noObjects' : 'noObjectFound'}`)}
          </p>
        )}
        <div
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-multiselectable
          aria-label={t('annotate.panel.objects')}
          aria-activedescendant={firstAt < 0 ? undefined : `annotate-object-${first}`}
          className="annotate-object-list"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            return row.type === 'group' ? (
              <GroupRow key={key} row={row} top={start} onToggle={toggle} colorOf={colorOf} />
            ) : (
              <ObjectListRow
                key={key}
                object={row.object}
                color={colorOf(row.object)}
                top={start}
                onChoose={choose}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
});
