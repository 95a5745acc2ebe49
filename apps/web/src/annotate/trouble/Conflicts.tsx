// What was changed here and is not saved was changed elsewhere, too, by somebody else or in another window: both versions as
// pictures, whose they are and of when, and the choice.

import { Button, Group, Stack, Text } from '@mantine/core';
import { type AnnotationObject, touchedIds } from '@migaki/annotator';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client, ownName } from '../../server/client.ts';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';

export function Conflicts() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const format = useFormat();
  const { datasetId, image } = useSession();
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
      annotationId: theirs.annotationId,
      born: theirs.born,
      author: theirs.author,
      mine: mine === undefined ? [] : [mine],
      theirs: other === null ? [] : [other],
      both: [...(mine === undefined ? [] : [mine]), ...(other === null ? [] : [other])],
    };
  }, [first, document]);
  const changedAtMillis = useEditor(({ sync }) => {
    const own = sync.queue.pending.filter((each) => touchedIds(each).has(versions?.id ?? 0));
    return own.at(-1)?.atMillis ?? null;
  });
  const { annotationId = null, born = null } = versions ?? {};
  const { data: latest } = useQuery({
    queryKey: ['dataset', datasetId, 'object-history', annotationId, born],
    enabled: annotationId !== null,
    queryFn: ({ signal }) =>
      client.getObjectHistory({ params: { datasetId, annotationId: annotationId! } }, { signal }),
    select: ({ items }) => items[0],
  });
  if (versions === null) return null;
  const { id, mine, theirs, both } = versions;
  const author = latest?.author ?? versions.author;
  // One may have two windows open, or share a token.
  const isOwn = author === ownName();
  const name = document.categories.find(
    ({ id: categoryId }) => categoryId === both[0]?.categoryId,
  )?.name;
  const titles = {
    mine: t('annotate.trouble.mine'),
    theirs: isOwn ? t('annotate.trouble.otherWindow', { author }) : author,
  };
  const times = {
    mine: changedAtMillis === null ? null : new Date(changedAtMillis).toISOString(),
    theirs: latest?.at ?? null,
  };
  const head = (which: 'mine' | 'theirs') => (
    <div>
      <Text size="sm" fw={600}>
        {titles[which] || t('annotate.trouble.somebody')}
      </Text>
      <Text size="xs" c="dimmed">
        {times[which] !== null && (
          <time dateTime={times[which]} title={format.time(times[which])}>
            {format.clock(times[which])}
          </time>
        )}{' '}
        {t(`annotate.trouble.${which === 'mine' ? 'unsaved' : 'saved'}`)}
      </Text>
    </div>
  );
  const preview = (which: 'mine' | 'theirs', objects: readonly AnnotationObject[]) => (
    <ObjectPreview
      sha256={image.sha256}
      picture={document.picture}
      categories={document.categories}
      objects={objects}
      around={both}
      width={210}
      height={150}
      isCaptioned={objects.length === 0}
      label={objects.length === 0 ? t('annotate.history.removed') : titles[which]}
    />
  );
  const settle = (choice: 'mine' | 'theirs') => dispatch({ type: 'settle-conflict', id, choice });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t(
          author === ''
            ? 'annotate.trouble.conflictUnknown'
            : isOwn
              ? 'annotate.trouble.conflictOwn'
              : 'annotate.trouble.conflict',
          { author, name: name ?? '' },
        )}
      </Text>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Stack gap={6}>
          {head('mine')}
          {preview('mine', mine)}
          <Button size="xs" onClick={() => settle('mine')}>
            {t('annotate.trouble.keepMine')}
          </Button>
        </Stack>
        <Stack gap={6}>
          {head('theirs')}
          {preview('theirs', theirs)}
          <Button size="xs" variant="default" onClick={() => settle('theirs')}>
            {t(isOwn ? 'annotate.trouble.takeOther' : 'annotate.trouble.takeTheirs')}
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
