// One category: its name, colour and keypoints, changed together and saved under one revision.

import {
  ActionIcon,
  Alert,
  Autocomplete,
  Button,
  ColorInput,
  Group,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { palette } from '@migaki/annotator';
import type { Category } from '@migaki/api';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useActions } from '../../shell/actions.ts';
import { LinkButton } from '../../shell/links.tsx';
import type { ColorOf } from '../overlay/colors.ts';
import { queryOf } from './CategoryRow.tsx';
import {
  type CategoryDraft,
  dropDraft,
  keepDraft,
  newCategory,
  useDraft,
} from './category-drafts.ts';
import { KeypointEditor } from './KeypointEditor.tsx';
import { definitionOf, fieldsOf } from './keypoint-definition.ts';
import { useCategoryActions } from './use-category-actions.ts';
import { useUsualPositions } from './use-usual-positions.ts';

interface CategoryDetailsProps {
  datasetId: number;
  /** Nothing for a new one. */
  category: Category | undefined;
  categories: readonly Category[];
  colorOf: ColorOf;
  onAdded: (categoryId: number) => void;
  onClose: () => void;
}

const noKeypoints = { keypoints: null, skeleton: null, flipIndex: null, keypointPositions: null };

export function CategoryDetails(props: CategoryDetailsProps) {
  const { datasetId, category, categories, colorOf, onAdded, onClose } = props;
  const { t } = useTranslation();
  const { sayError } = useWords();
  const format = useFormat();
  const { add, change } = useCategoryActions(datasetId);
  const own = colorOf({ categoryId: category?.id ?? null, origin: '' });
  const usual = useUsualPositions(datasetId, category);
  const key = category?.id ?? newCategory;
  /** Nothing while nothing was changed: what others change meanwhile shows. */
  const changed = useDraft(datasetId, key);
  const draft = {
    name: category?.name ?? '',
    supercategory: category?.supercategory ?? '',
    color: category?.color ?? '',
    ...changed,
  };
  const edit = (part: CategoryDraft) => keepDraft(datasetId, key, part);
  const storedKeypoints = useMemo(
    () => definitionOf(category ?? noKeypoints, usual),
    [category, usual],
  );
  const keypoints = draft.keypoints ?? storedKeypoints;
  const names = keypoints.points.map(({ name }) => name.trim());
  const hasNames = names.every((name) => name !== '') && new Set(names).size === names.length;

  const save = useMutation({
    mutationFn: async () => {
      const fields = {
        name: draft.name.trim(),
        supercategory: draft.supercategory.trim() || null,
        color: /^#[0-9a-f]{6}$/i.test(draft.color) ? draft.color : null,
        ...(draft.keypoints !== undefined && fieldsOf(draft.keypoints)),
      };
      if (category === undefined) onAdded(await add(fields));
      else await change(category.id, fields);
    },
    onSuccess: () => dropDraft(datasetId, key),
  });
  const canSave = changed !== undefined && draft.name.trim() !== '' && hasNames && !save.isPending;
  useActions([
    {
      id: 'save-category',
      label: t('save'),
      group: t('dataset.tabs.categories'),
      keys: ['mod+s'],
      run: () => canSave && save.mutate(),
    },
  ]);
  const keptSources = new Set(keypoints.points.map(({ source }) => source));
  const lostPoints = (category?.keypoints ?? []).filter((_, index) => !keptSources.has(index));
  return (
    <aside className="category-details" aria-label={category?.name ?? t('categories.create')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave) save.mutate();
        }}
      >
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600} truncate>
            {category?.name ?? t('categories.create')}
          </Text>
          <ActionIcon aria-label={t('close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
        <Stack gap="sm" className="category-fields">
          <TextInput
            label={t('categories.name')}
            value={draft.name}
            onChange={({ currentTarget }) => edit({ name: currentTarget.value })}
            maxLength={500}
            required
            autoFocus={category === undefined}
          />
          <Autocomplete
            label={t('categories.supercategory')}
            size="sm"
            data={[...new Set(categories.flatMap((each) => each.supercategory ?? []))]}
            value={draft.supercategory}
            onChange={(supercategory) => edit({ supercategory })}
          />
          <ColorInput
            label={t('categories.color')}
            placeholder={t('categories.automatic')}
            value={draft.color}
            onChange={(color) => edit({ color })}
            swatches={[...palette]}
            swatchesPerRow={8}
            closeOnColorSwatchClick
            withEyeDropper={false}
            leftSection={
              draft.color === '' && category !== undefined ? (
                <span className="swatch" style={{ background: own }} />
              ) : undefined
            }
            rightSection={
              draft.color === '' ? null : (
                <ActionIcon
                  size="sm"
                  aria-label={t('categories.automatic')}
                  onClick={() => edit({ color: '' })}
                >
                  <IconX size={14} />
                </ActionIcon>
              )
            }
          />
          {category !== undefined && (
            <Group gap="xs">
              {(['images', 'objects'] as const).map((tab) => (
                <LinkButton
                  key={tab}
                  variant="default"
                  size="compact-xs"
                  to={`/datasets/$datasetId/${tab}`}
                  params={{ datasetId: String(datasetId) }}
                  search={{ q: queryOf(category) }}
                >
                  {tab === 'images'
                    ? t('counts.pictures', {
                        count: category.imageCount,
                        shown: format.count(category.imageCount),
                      })
                    : t('counts.objects', {
                        count: category.objectCount,
                        shown: format.count(category.objectCount),
                      })}
                </LinkButton>
              ))}
            </Group>
          )}
          <KeypointEditor
            definition={keypoints}
            color={draft.color || (category === undefined ? palette[2] : own)}
            onChange={(definition) => edit({ keypoints: definition })}
          />
          {lostPoints.length > 0 && (category?.objectCount ?? 0) > 0 && (
            <Alert color="orange" icon={<IconAlertTriangle />}>
              {t('categories.keypoints.lost', { names: lostPoints.join(', ') })}
            </Alert>
          )}
          {!hasNames && (
            <Alert color="orange" icon={<IconAlertTriangle />}>
              {t('categories.keypoints.needNames')}
            </Alert>
          )}
          {save.error !== null && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {sayError(save.error)}
            </Alert>
          )}
        </Stack>
        <Group justify="flex-end" className="category-save">
          <Button
            variant="default"
            disabled={changed === undefined}
            onClick={() => {
              dropDraft(datasetId, key);
              save.reset();
            }}
          >
            {t('categories.discard')}
          </Button>
          <Button type="submit" disabled={!canSave} loading={save.isPending}>
            {category === undefined ? t('categories.create') : t('save')}
          </Button>
        </Group>
      </form>
    </aside>
  );
}
