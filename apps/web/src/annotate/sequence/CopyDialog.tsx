// Objects of any picture into this one: which picture, and which of its categories.

import { Button, Checkbox, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileNames } from '../../dataset/FileName.tsx';
import { addPart } from '../../dataset/query/query-text.ts';
import { client } from '../../server/client.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { CopyChoice } from './CopyChoice.tsx';
import type { Place } from './frames.ts';
import { pictureObjectsQuery } from './picture-objects.ts';

const mostOffered = 60;

export function CopyDialog({ place, onClose }: { place: Place; onClose: () => void }) {
  const { t } = useTranslation();
  const { datasetId, imageId, view } = place;
  const [name, setName] = useState('');
  const [sought] = useDebouncedValue(name.trim(), 200);
  const [chosenId, setChosenId] = useState<number | null>(null);
  // By its name any picture is found, whatever the filter shows.
  const from = sought === '' ? view.q : `name:${JSON.stringify(`*${sought}*`)}`;
  const q = addPart(from, 'state:accepted');
  const { data, error, refetch } = useQuery({
    queryKey: ['dataset', datasetId, 'copy-from', q, view.sort],
    queryFn: ({ signal }) =>
      client.listImages(
        {
          params: { datasetId },
          query: { q, sort: view.sort, overlays: 'no', limit: mostOffered },
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <ErrorView error={error} onRetry={refetch} />;
  const offered = data?.items.filter(({ id }) => id !== imageId);
  return (
    <div className="sequence-copy">
      <Stack gap="xs">
        <TextInput
          data-autofocus
          size="xs"
          leftSection={<IconSearch size={14} />}
          placeholder={t('annotate.sequence.findPicture')}
          aria-label={t('annotate.sequence.findPicture')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {offered === undefined && <Loader size="sm" />}
        {offered?.length === 0 && (
          <NoneOffered place={place} from={from} isSought={sought !== ''} />
        )}
        <fieldset className="sequence-choice" aria-label={t('annotate.sequence.from')}>
          <FileNames of={offered?.map(({ fileName }) => fileName) ?? []}>
            {offered?.map((picture) => (
              <CopyChoice
                key={picture.id}
                datasetId={datasetId}
                picture={picture}
                isChosen={picture.id === chosenId}
                onChoose={() => setChosenId(picture.id)}
              />
            ))}
          </FileNames>
        </fieldset>
      </Stack>
      {chosenId !== null && (
        <Chosen key={chosenId} datasetId={datasetId} imageId={chosenId} onClose={onClose} />
      )}
    </div>
  );
}

/** Why: what a model proposes is there for whoever looks, and yet nothing to be copied. */
function NoneOffered({ place, from, isSought }: { place: Place; from: string; isSought: boolean }) {
  const { t } = useTranslation();
  const { datasetId, imageId } = place;
  const q = addPart(from, 'state:proposed');
  const { data } = useQuery({
    queryKey: ['dataset', datasetId, 'copy-from', 'proposed', q],
    queryFn: ({ signal }) =>
      client.listImages(
        { params: { datasetId }, query: { q, overlays: 'no', limit: 2 } },
        { signal },
      ),
  });
  if (data === undefined) return <Loader size="sm" />;
  const areProposed = data.items.some(({ id }) => id !== imageId);
  const why = areProposed ? 'onlyProposals' : isSought ? 'noPicture' : 'noObjects';
  return <Text size="sm">{t(`annotate.sequence.${why}`)}</Text>;
}

function Chosen({
  datasetId,
  imageId,
  onClose,
}: {
  datasetId: number;
  imageId: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const categories = useEditor(({ document }) => document.categories);
  const picture = useEditor(({ document }) => document.picture);
  const [left, setLeft] = useState<ReadonlySet<number | null>>(new Set());
  const { data, error, refetch } = useQuery(pictureObjectsQuery(datasetId, imageId));
  if (error !== null) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined) return <Loader size="sm" />;
  const wanted = data.objects.filter(({ categoryId }) => !left.has(categoryId));
  const isOtherSize = data.size.width !== picture.width || data.size.height !== picture.height;
  const counts = Map.groupBy(data.objects, ({ categoryId }) => categoryId);
  return (
    <Stack gap="sm">
      <ObjectPreview
        sha256={data.image.sha256}
        picture={data.size}
        categories={categories}
        objects={wanted}
        around={null}
        width={320}
        height={240}
        label={data.image.fileName}
      />
      <Stack gap={4}>
        {[...counts].map(([categoryId, objects]) => (
          <Checkbox
            key={categoryId}
            size="xs"
            label={`${categories.find(({ id }) => id === categoryId)?.name ?? t('annotate.panel.unknownCategory')} · ${objects.length}`}
            checked={!left.has(categoryId)}
            onChange={({ currentTarget: { checked } }) => {
              const next = new Set(left);
              if (checked) next.delete(categoryId);
              else next.add(categoryId);
              setLeft(next);
            }}
          />
        ))}
      </Stack>
      {isOtherSize && (
        <Text size="xs" c="dimmed">
          {t('annotate.sequence.otherSize')}
        </Text>
      )}
      <Button
        disabled={wanted.length === 0}
        onClick={() => {
          dispatch({ type: 'paste', objects: wanted, from: data.size });
          onClose();
        }}
      >
        {t('annotate.sequence.copy', { count: wanted.length })}
      </Button>
    </Stack>
  );
}
