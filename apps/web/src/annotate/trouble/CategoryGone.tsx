// A category was deleted while objects of it were drawn: they wait for it to come back, or get another one.

import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { categoriesOf } from '@migaki/annotator';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { GiveUpButton } from './Refused.tsx';

export function CategoryGone() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const categories = useEditor(({ document }) => document.categories);
  const pending = useEditor(({ sync }) => sync.queue.pending);
  const held = useEditor(({ sync }) => sync.queue.held);
  const gone = useMemo(() => {
    const known = new Set(categories.map(({ id }) => id));
    return [...categoriesOf(pending)].find((id) => !known.has(id)) ?? null;
  }, [categories, pending]);
  const name = useEditor(({ categoryNames }) => categoryNames.get(gone ?? 0));
  const [chosen, setChosen] = useState<string | null>(null);
  // Somebody may have added it again by hand: that is another one, of the same name.
  const namesake = categories.find((each) => each.name === name);
  const to = chosen ?? (namesake === undefined ? null : String(namesake.id));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {name === undefined
          ? t('annotate.trouble.unknownCategoryGone')
          : t('annotate.trouble.categoryGone', { name })}
      </Text>
      <Text size="sm">
        {t('annotate.trouble.categoryGoneHelp', { count: held?.keys.size ?? 0 })}
      </Text>
      <Group gap="xs">
        <Select
          size="xs"
          searchable
          aria-label={t('annotate.panel.category')}
          placeholder={t('annotate.panel.category')}
          data={categories.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={to}
          onChange={setChosen}
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
