// Somebody else has changed what was changed here and is not saved: both versions as pictures, and the choice.

import { Button, Group, Stack, Text } from '@mantine/core';
import type { AnnotationObject } from '@migaki/annotator';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';

export function Conflicts() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const { image } = useSession();
  const conflicts = useEditor(({ sync }) => sync.conflicts);
  const document = useEditor((state) => state.document);
  const [first] = conflicts;
  const versions = useMemo(() => {
    if (first === undefined) return null;
    const [id, { theirs }] = first;
    const mine = document.objects.get(id);
    const other: AnnotationObject | null = theirs.fields === null ? null : { ...theirs.fields, id };
    return {
      id,
      author: theirs.author,
      mine: mine === undefined ? [] : [mine],
      theirs: other === null ? [] : [other],
      both: [...(mine === undefined ? [] : [mine]), ...(other === null ? [] : [other])],
    };
  }, [first, document]);
  if (versions === null) return null;
  const { id, author, mine, theirs, both } = versions;
  const name = document.categories.find(
    ({ id: categoryId }) => categoryId === both[0]?.categoryId,
  )?.name;
  const preview = (which: 'mine' | 'theirs', objects: readonly AnnotationObject[]) => (
    <ObjectPreview
      sha256={image.sha256}
      picture={document.picture}
      categories={document.categories}
      objects={objects}
      around={both}
      width={210}
      height={150}
      label={
        objects.length === 0
          ? `${t(`annotate.trouble.${which}`)}: ${t('annotate.history.removed')}`
          : t(`annotate.trouble.${which}`)
      }
    />
  );
  const settle = (choice: 'mine' | 'theirs') => dispatch({ type: 'settle-conflict', id, choice });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {author === ''
          ? t('annotate.trouble.conflictUnknown', { name: name ?? '' })
          : t('annotate.trouble.conflict', { author, name: name ?? '' })}
      </Text>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Stack gap={6}>
          {preview('mine', mine)}
          <Button size="xs" onClick={() => settle('mine')}>
            {t('annotate.trouble.keepMine')}
          </Button>
        </Stack>
        <Stack gap={6}>
          {preview('theirs', theirs)}
          <Button size="xs" variant="default" onClick={() => settle('theirs')}>
            {t('annotate.trouble.takeTheirs')}
          </Button>
        </Stack>
      </Group>
      {conflicts.size > 1 && (
        <Text size="xs" c="dimmed">
          {t('annotate.trouble.moreConflicts', { count: conflicts.size - 1 })}
        </Text>
      )}
    </Stack>
  );
}
