import { ActionIcon, Checkbox, Menu, Text } from '@mantine/core';
import type { Category } from '@migaki/api';
import {
  IconArrowMerge,
  IconDots,
  IconGripVertical,
  IconPhoto,
  IconPolygon,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { PointerEventHandler } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { setValues } from '../query/query-text.ts';
import { useDraft } from './category-drafts.ts';
import { UnsavedDot } from './UnsavedDot.tsx';

interface CategoryRowProps {
  datasetId: number;
  category: Category;
  index: number;
  top: number;
  height: number;
  color: string;
  isOpen: boolean;
  isSelected: boolean;
  /** The one row that Tab leads to. */
  isCurrent: boolean;
  isDragged: boolean;
  canMove: boolean;
  grip: Record<
    'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel',
    PointerEventHandler<HTMLElement>
  >;
  onFocus: () => void;
  onToggle: () => void;
  onOpen: () => void;
  /** Nothing where there is no other category. */
  onMerge?: () => void;
  onDelete: () => void;
}

/** The query that finds a category's objects. */
export const queryOf = ({ name }: Category): string =>
  setValues('', 'category', { included: [name], excluded: [] });

export function CategoryRow(props: CategoryRowProps) {
  const { datasetId, category, index, top, height, color, isOpen, isSelected, isCurrent } = props;
  const { isDragged, canMove, grip, onFocus, onToggle, onOpen, onMerge, onDelete } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { name, supercategory, imageCount, objectCount, keypoints } = category;
  const isUnsaved = useDraft(datasetId, category.id) !== undefined;
  const tabIndex = isCurrent ? 0 : -1;
  const params = { datasetId: String(datasetId) };
  return (
    <li
      className="category-grid category-row"
      data-index={index}
      data-open={isOpen || undefined}
      data-dragged={isDragged || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onFocus={onFocus}
    >
      <Checkbox
        size="xs"
        aria-label={t('categories.select', { name })}
        checked={isSelected}
        tabIndex={tabIndex}
        onChange={onToggle}
      />
      <span
        className="category-grip"
        data-off={!canMove || undefined}
        title={t('categories.drag')}
        {...(canMove && grip)}
      >
        <IconGripVertical size={14} aria-hidden />
      </span>
      <button
        type="button"
        className="category-name"
        tabIndex={tabIndex}
        aria-pressed={isOpen}
        onClick={onOpen}
      >
        <span className="swatch" style={{ background: color }} />
        <span className="category-text">{name}</span>
        {isUnsaved && <UnsavedDot />}
      </button>
      <Text size="xs" c="dimmed" truncate className="category-super">
        {supercategory}
      </Text>
      <Text size="xs" ta="right">
        {format.count(imageCount)}
      </Text>
      <Text size="xs" ta="right">
        {format.count(objectCount)}
      </Text>
      <Text size="xs" ta="right" c="dimmed" className="category-points">
        {(keypoints?.length ?? 0) > 0 && format.count(keypoints!.length)}
      </Text>
      <Menu>
        <Menu.Target>
          <ActionIcon size="sm" tabIndex={tabIndex} aria-label={t('categories.menu', { name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(['images', 'objects'] as const).map((tab) => (
            <Menu.Item
              key={tab}
              component={Link}
              to={`/datasets/$datasetId/${tab}`}
              params={params as never}
              search={{ q: queryOf(category) } as never}
              leftSection={tab === 'images' ? <IconPhoto size={14} /> : <IconPolygon size={14} />}
            >
              {t(`categories.show.${tab}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconArrowMerge size={14} />}
            disabled={onMerge === undefined}
            onClick={onMerge}
          >
            {t('categories.merge')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onDelete}>
            {t('categories.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
