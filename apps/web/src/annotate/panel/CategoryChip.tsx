// Over the canvas while the panel is closed, as it is on a phone: which category new objects get, and at a tap another one.

import { Popover, UnstyledButton } from '@mantine/core';
import { categoryOf, colorsOf } from '@migaki/annotator';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../session/EditorContext.tsx';
import { CategoryList } from './CategoryList.tsx';

export function CategoryChip() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const categories = useEditor(({ document }) => document.categories);
  const categoryId = useEditor(({ settings }) => settings.categoryId);
  const colorOf = useMemo(() => colorsOf('category', categories), [categories]);
  const name = categoryOf({ categories }, { categoryId })?.name;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" shadow="md" width={260}>
      <Popover.Target>
        <UnstyledButton
          className="annotate-category-chip"
          aria-label={
            name === undefined
              ? t('annotate.panel.noCategory')
              : t('annotate.panel.categoryOfNew', { name })
          }
          onClick={() => setOpen(!isOpen)}
        >
          {name !== undefined && (
            <span
              className="swatch"
              style={{ background: colorOf({ id: 0, categoryId, origin: 'human' }) }}
            />
          )}
          <span className="annotate-category-name">{name ?? t('annotate.panel.noCategory')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="annotate-category-menu">
        <CategoryList wanted={null} onChosen={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
