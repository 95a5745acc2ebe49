// A category was deleted while objects of it were drawn: they get another one, and are saved.

import { Button, Group, Select, Stack, Text } from '@mantine/core';
import type { Transaction } from '@migaki/annotator';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { GiveUpButton } from './Refused.tsx';

export function CategoryGone() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const categories = useEditor(({ document }) => document.categories);
  const pending = useEditor(({ sync }) => sync.queue.pending);
  const gone = useMemo(() => {
    const known = new Set(categories.map(({ id }) => id));
    return [...categoriesOf(pending)].find((id) => !known.has(id)) ?? null;
  }, [categories, pending]);
  const [to, setTo] = useState<string | null>(null);
  return (
    <Stack gap="xs">
      <Text size="sm">{t('annotate.trouble.categoryGone')}</Text>
      <Group gap="xs">
        <Select
          size="xs"
          searchable
          aria-label={t('annotate.panel.category')}
          placeholder={t('annotate.panel.category')}
          data={categories.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={to}
          onChange={setTo}
        />
        <Button
          size="xs"
          disabled={to === null || gone === null}
          onClick={() => dispatch({ type: 'replace-category', from: gone!, to: Number(to) })}
        >
          {t('annotate.trouble.useThis')}
        </Button>
        <GiveUpButton />
      </Group>
    </Stack>
  );
}

/** What the changes that wait would give objects. */
function* categoriesOf(pending: readonly Transaction[]): Generator<number> {
  for (const { changes } of pending) {
    for (const change of changes) {
      const fields =
        change.type === 'add' ? change.object : change.type === 'change' ? change.after : null;
      if (fields?.categoryId != null) yield fields.categoryId;
    }
  }
}
