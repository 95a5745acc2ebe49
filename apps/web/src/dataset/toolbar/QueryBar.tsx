// The query as text. Enter takes it over; so do the filters, which write into it.

import { ActionIcon, Combobox, Text, TextInput, useCombobox } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetQuery, facetsQuery } from '../../server/queries.ts';
import { exampleQuery } from '../query/example-query.ts';
import { suggest } from '../query/suggest.ts';
import { statuses } from '../StatusIcon.tsx';

const shapes = ['box', 'rotated', 'polygon', 'mask', 'keypoints', 'crowd', 'label', 'caption'];

interface QueryBarProps {
  datasetId: number;
  query: string;
  /** Why the server did not understand the query. */
  error: string | null;
  inputRef: RefObject<HTMLInputElement | null>;
  onChange: (query: string) => void;
}

export function QueryBar({ datasetId, query, error, inputRef, onChange }: QueryBarProps) {
  const { t } = useTranslation();
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const [isFocused, setFocused] = useState(false);
  // Tags to suggest; nobody needs them before. The example names one where they are known.
  const { data: facets } = useQuery({ ...facetsQuery(datasetId, ''), enabled: isFocused });
  const [draft, setDraft] = useState(query);
  const [cursor, setCursor] = useState(0);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  useEffect(() => setDraft(query), [query]);

  const tags = facets?.tags.map(({ value }) => value) ?? [];
  const example = dataset && exampleQuery({ categories: dataset.categories, tags });
  const suggestions = suggest(draft, cursor, {
    category: dataset?.categories.map(({ name }) => name) ?? [],
    tag: tags,
    origin: ['human', 'import', 'model'],
    status: statuses,
    state: ['accepted', 'proposed', 'rejected'],
    is: ['missing', 'labelled', 'unlabelled', 'tagged'],
    reviewed: ['yes', 'no'],
    crowd: ['yes', 'no'],
    comments: ['open', 'resolved', 'any', 'none'],
    has: shapes,
  });
  const take = (text: string) => {
    combobox.closeDropdown();
    onChange(text.trim());
  };
  return (
    <Combobox
      store={combobox}
      withinPortal
      onOptionSubmit={(index) => {
        const { text, cursor: next } = suggestions[Number(index)];
        setDraft(text);
        setCursor(next);
        combobox.resetSelectedOption();
        requestAnimationFrame(() => inputRef.current?.setSelectionRange(next, next));
      }}
    >
      <Combobox.Target withKeyboardNavigation withAriaAttributes>
        <TextInput
          ref={inputRef}
          className="query-bar"
          size="xs"
          value={draft}
          placeholder={example}
          aria-label={t('query.label')}
          error={error}
          spellCheck={false}
          autoComplete="off"
          leftSection={<IconFilter size={14} />}
          rightSection={
            draft === '' ? null : (
              <ActionIcon size="xs" aria-label={t('filters.clear')} onClick={() => take('')}>
                <IconX size={12} />
              </ActionIcon>
            )
          }
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value);
            setCursor(currentTarget.selectionStart ?? currentTarget.value.length);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onClick={({ currentTarget }) => {
            setCursor(currentTarget.selectionStart ?? 0);
            combobox.openDropdown();
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            combobox.closeDropdown();
            if (draft.trim() !== query) onChange(draft.trim());
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setDraft(query);
              combobox.closeDropdown();
              event.currentTarget.blur();
            }
            if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) take(draft);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={suggestions.length === 0}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {suggestions.map(({ label }, index) => (
            <Combobox.Option key={label} value={String(index)}>
              <Text size="xs" ff="monospace">
                {label}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        <Combobox.Footer>
          <Text size="xs" c="dimmed">
            {t('query.help')}
          </Text>
        </Combobox.Footer>
      </Combobox.Dropdown>
    </Combobox>
  );
}
