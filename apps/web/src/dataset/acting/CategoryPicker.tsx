// The categories under one's fingers: type to find, Enter takes the first, arrows and digits another.

import { Modal, Text, TextInput } from '@mantine/core';
import type { Category } from '@migaki/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColorOf } from '../overlay/colors.ts';
import { categoryKeys } from './use-verb-actions.ts';
import './acting.css';

interface CategoryPickerProps {
  categories: readonly Category[];
  colorOf: ColorOf;
  isOpen: boolean;
  onClose: () => void;
  onPick: (categoryId: number) => void;
}

export function CategoryPicker(props: CategoryPickerProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={t('acting.verbs.pick')} size="xs">
      <PickerList {...props} />
    </Modal>
  );
}

/** Mounted with the dialog, so that each search begins anew. */
function PickerList({ categories, colorOf, onClose, onPick }: CategoryPickerProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const text = wanted.trim().toLocaleLowerCase();
  const numbered = categories.map((category, index) => ({
    ...category,
    digit: categoryKeys[index],
  }));
  const found = numbered
    .filter(({ name }) => name.toLocaleLowerCase().includes(text))
    // Those that begin with what was typed come first.
    .sort((a, b) => Number(startsWith(b, text)) - Number(startsWith(a, text)));
  const pick = (categoryId: number | undefined) => {
    if (categoryId === undefined) return;
    onPick(categoryId);
    onClose();
  };
  const move = (step: number) =>
    setActive((old) => Math.max(0, Math.min(found.length - 1, old + step)));
  return (
    <>
      <TextInput
        data-autofocus
        size="sm"
        value={wanted}
        placeholder={t('categories.find')}
        aria-label={t('categories.find')}
        onChange={({ currentTarget }) => {
          setWanted(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const byDigit = numbered.find(({ digit }) => digit === event.key);
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter') pick(found[active]?.id);
          else if (wanted === '' && byDigit !== undefined) pick(byDigit.id);
          else return;
          event.preventDefault();
        }}
      />
      <div className="category-picker" role="listbox" aria-label={t('acting.verbs.pick')}>
        {found.map((category, index) => (
          <button
            type="button"
            role="option"
            key={category.id}
            aria-selected={index === active}
            tabIndex={-1}
            ref={
              index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : null
            }
            onClick={() => pick(category.id)}
          >
            <span
              className="swatch"
              style={{ background: colorOf({ categoryId: category.id, origin: 'import' }) }}
            />
            <span className="category-picker-name">{category.name}</span>
            {category.digit !== undefined && <kbd className="hint">{category.digit}</kbd>}
          </button>
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            {t('categories.noneFound')}
          </Text>
        )}
      </div>
    </>
  );
}

const startsWith = ({ name }: Category, text: string): boolean =>
  text !== '' && name.toLocaleLowerCase().startsWith(text);
