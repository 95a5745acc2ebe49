// What objects can be: the categories in their order, with what has them, and one of them open beside.

import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import type { Category } from '@migaki/api';
import { IconArrowMerge, IconPlus, IconSearch, IconTags, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { datasetQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { categoryColors } from '../overlay/colors.ts';
import { CategoryDetails } from './CategoryDetails.tsx';
import { CategoryList } from './CategoryList.tsx';
import { claimDrafts, newCategory, useDraft } from './category-drafts.ts';
import { DeleteCategories } from './DeleteCategories.tsx';
import { MergeCategories } from './MergeCategories.tsx';
import { UnsavedDot } from './UnsavedDot.tsx';
import './categories.css';

const route = getRouteApi('/datasets/$datasetId/categories');

export function CategoriesTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const datasetId = Number(route.useParams().datasetId);
  const { category: openId } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: dataset, error, refetch } = useQuery(datasetQuery(datasetId));
  const categories = useMemo(() => dataset?.categories ?? [], [dataset]);
  useLayoutEffect(() => {
    if (dataset !== undefined) claimDrafts(dataset);
  }, [dataset]);
  const colorOf = useMemo(() => categoryColors(categories), [categories]);
  const [wanted, setWanted] = useState('');
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<number>>(new Set());
  const [merging, setMerging] = useState<Category[] | null>(null);
  const [deleting, setDeleting] = useState<Category[] | null>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const selected = categories.filter(({ id }) => selectedIds.has(id));
  const open = categories.find(({ id }) => String(id) === openId);
  const hasNew = useDraft(datasetId, newCategory) !== undefined;
  const show = (category?: string) =>
    navigate({ search: category === undefined ? {} : { category } });

  const looked = wanted.trim().toLocaleLowerCase();
  const shown = categories.filter(({ name, supercategory }) =>
    `${name} ${supercategory ?? ''}`.toLocaleLowerCase().includes(looked),
  );
  const group = t('dataset.tabs.categories');
  const meant = selected.length > 0 ? selected : open === undefined ? [] : [open];
  useActions([
    {
      id: 'new-category',
      label: t('categories.create'),
      group,
      keys: ['n'],
      run: () => show(newCategory),
    },
    {
      id: 'find-category',
      label: t('categories.find'),
      group,
      keys: ['/'],
      run: () => searchInput.current?.focus(),
    },
    {
      id: 'merge-categories',
      label: t('categories.merge'),
      group,
      keys: ['m'],
      run: () => meant.length > 0 && categories.length > 1 && setMerging(meant),
    },
    {
      id: 'delete-categories',
      label: t('categories.delete'),
      group,
      keys: ['Delete'],
      run: () => meant.length > 0 && setDeleting(meant),
    },
    ...(openId === undefined
      ? []
      : [{ id: 'close', label: t('close'), group, keys: ['Escape'], run: () => show() }]),
  ]);
  /** After something was merged or deleted. */
  const done = () => {
    setSelectedIds(new Set());
    setMerging(null);
    setDeleting(null);
  };

  if (error !== null && dataset === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (dataset === undefined) return <Loader m="auto" />;
  return (
    <div className="categories">
      <section className="category-pane" aria-label={group}>
        <div className="category-bar">
          <TextInput
            ref={searchInput}
            size="xs"
            placeholder={t('categories.find')}
            aria-label={t('categories.find')}
            leftSection={<IconSearch size={14} />}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            {t('categories.count', {
              count: categories.length,
              shown: format.count(categories.length),
            })}
          </Text>
          <Group gap="xs" ml="auto">
            {selected.length > 0 && (
              <>
                <Button
                  variant="default"
                  leftSection={<IconArrowMerge size={14} />}
                  disabled={categories.length < 2}
                  onClick={() => setMerging(selected)}
                >
                  {t('categories.mergeSelected', { count: selected.length })}
                </Button>
                <Button
                  variant="default"
                  leftSection={<IconTrash size={14} />}
                  onClick={() => setDeleting(selected)}
                >
                  {t('categories.deleteSelected', { count: selected.length })}
                </Button>
              </>
            )}
            <Button
              leftSection={<IconPlus size={14} />}
              rightSection={hasNew && <UnsavedDot />}
              onClick={() => show(newCategory)}
            >
              {t('categories.create')}
            </Button>
          </Group>
        </div>
        {shown.length === 0 ? (
          <Stack align="center" gap="xs" className="empty-view">
            <IconTags size={40} stroke={1.2} />
            <Text fw={600}>
              {categories.length === 0 ? t('categories.none') : t('categories.noneFound')}
            </Text>
            {categories.length === 0 && (
              <Text size="sm" c="dimmed" maw={420} ta="center">
                {t('categories.noneAdvice')}
              </Text>
            )}
          </Stack>
        ) : (
          <CategoryList
            datasetId={datasetId}
            categories={shown}
            all={categories}
            colorOf={colorOf}
            openId={open?.id}
            selectedIds={selectedIds}
            onSelect={setSelectedIds}
            onOpen={({ id }) => show(String(id))}
            onMerge={(category) => setMerging([category])}
            onDelete={(category) => setDeleting([category])}
          />
        )}
      </section>
      {(open !== undefined || openId === newCategory) && (
        <CategoryDetails
          key={openId}
          datasetId={datasetId}
          category={open}
          categories={categories}
          colorOf={colorOf}
          onAdded={(id) => show(String(id))}
          onClose={() => show()}
        />
      )}
      <MergeCategories
        datasetId={datasetId}
        categories={categories}
        from={merging}
        onClose={() => setMerging(null)}
        onDone={done}
      />
      <DeleteCategories
        datasetId={datasetId}
        categories={categories}
        gone={deleting}
        onClose={() => setDeleting(null)}
        onDone={done}
      />
    </div>
  );
}
