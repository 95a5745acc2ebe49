// The categories in the order of their number keys. The one that new objects get is marked; a click gives it to the
// selected objects, too.

import { ActionIcon, TextInput } from '@mantine/core';
import { colorsOf } from '@migaki/annotator';
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { useAddCategory } from './use-add-category.ts';
import type { PanelState } from './use-panel.ts';
import { useWantedFocus } from './use-wanted-focus.ts';

/** Those that have a number key, and one more. */
const fewCategories = 10;

interface CategoryListProps {
  wanted: PanelState['wanted'];
  onChosen?: () => void;
}

export function CategoryList({ wanted: part, onChosen }: CategoryListProps) {
  const { t } = useTranslation();
  const session = useSession();
  const dispatch = useDispatch();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const categories = useEditor(({ document }) => document.categories);
  const current = useEditor(({ settings }) => settings.categoryId);
  const colorOf = useMemo(() => colorsOf('category', categories), [categories]);
  const add = useAddCategory(session);
  useWantedFocus(part, 'categories', search);

  const wanted = text.trim().toLowerCase();
  const found = categories
    .map((category, index) => ({ category, number: index + 1 }))
    .filter(({ category }) => category.name.toLowerCase().includes(wanted));
  const isNew = wanted !== '' && categories.every(({ name }) => name.toLowerCase() !== wanted);
  const choose = (categoryId: number) => {
    dispatch({ type: 'choose-category', categoryId });
    setText('');
    onChosen?.();
  };
  const addNew = () =>
    add.mutate(text.trim(), {
      onSuccess: () => {
        setText('');
        onChosen?.();
      },
    });
  const onEnter = () => {
    const [first] = found;
    if (first !== undefined) choose(first.category.id);
    else if (isNew) addNew();
  };
  return (
    <section className="annotate-categories" aria-label={t('annotate.panel.categories')}>
      <TextInput
        ref={search}
        size="xs"
        value={text}
        placeholder={t('annotate.panel.findCategory')}
        aria-label={t('annotate.panel.findCategory')}
        leftSection={<IconSearch size={14} />}
        rightSection={
          text === '' ? null : (
            <ActionIcon
              size="xs"
              aria-label={t('annotate.tools.cancel')}
              onClick={() => setText('')}
            >
              <IconX size={12} />
            </ActionIcon>
          )
        }
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter();
          if (event.key === 'Escape') {
            setText('');
            event.currentTarget.blur();
          }
        }}
      />
      <div
        className="annotate-category-list"
        data-many={categories.length > fewCategories || undefined}
      >
        {found.map(({ category: { id, name, supercategory }, number }) => (
          <button
            key={id}
            type="button"
            className="annotate-category"
            aria-pressed={id === current}
            title={supercategory ? `${supercategory} / ${name}` : name}
            onClick={() => choose(id)}
          >
            <span
              className="swatch"
              style={{ background: colorOf({ id: 0, categoryId: id, origin: 'human' }) }}
            />
            <span className="annotate-category-name">{name}</span>
            {number <= 9 && <kbd className="hint">{number}</kbd>}
          </button>
        ))}
        {categories.length === 0 && wanted === '' && (
          <p className="annotate-hint">{t('annotate.panel.noCategories')}</p>
        )}
        {isNew && (
          <button
            type="button"
            className="annotate-category"
            disabled={add.isPending}
            onClick={addNew}
          >
            <IconPlus size={12} />
            <span className="annotate-category-name">
              {t('annotate.panel.addCategory', { name: text.trim() })}
            </span>
          </button>
        )}
      </div>
    </section>
  );
}
