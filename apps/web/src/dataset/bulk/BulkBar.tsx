// What can be done to the chosen images or objects. Lies over the foot of the grid while something is chosen.

import { ActionIcon, Button, Group, Menu, Paper, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { BulkAction } from '@migaki/api';
import {
  IconCategory,
  IconCircleCheck,
  IconCopy,
  IconProgressCheck,
  IconSparkles,
  IconTag,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { datasetQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { StatusIcon, statuses } from '../StatusIcon.tsx';
import { BulkCategoryForm } from './BulkCategoryForm.tsx';
import { BulkTagForm } from './BulkTagForm.tsx';
import { BulkTransferForm } from './BulkTransferForm.tsx';

/** More than this is asked about first, though it can be undone. */
const askAbove = 20;

interface BulkBarProps {
  datasetId: number;
  of: 'images' | 'objects';
  count: number;
  total: number;
  isAll: boolean;
  isBusy: boolean;
  onSelectAll: () => void;
  onClear: () => void;
  onAction: (action: BulkAction) => void;
}

type Form = 'tag' | 'category' | 'transfer';

export function BulkBar(props: BulkBarProps) {
  const { datasetId, of, count, total, isAll, isBusy, onSelectAll, onClear, onAction } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [form, setForm] = useState<Form | null>(null);
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const group = t('bulk.group');
  const shown = format.count(count);

  const remove = () => {
    const action: BulkAction = { type: of === 'images' ? 'deleteImages' : 'deleteObjects' };
    if (count <= askAbove) {
      onAction(action);
      return;
    }
    modals.openConfirmModal({
      title: t(`bulk.confirmDelete.${of}`, { count, shown }),
      children: <Text size="sm">{t('bulk.confirmDelete.explanation')}</Text>,
      labels: { confirm: t('bulk.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => onAction(action),
    });
  };

  const images = of === 'images';
  useActions([
    { id: 'bulk-clear', label: t('bulk.clear'), group, keys: ['Escape'], run: onClear },
    { id: 'bulk-delete', label: t('bulk.delete'), group, keys: ['Delete'], run: remove },
    {
      id: 'bulk-category',
      label: t('bulk.category'),
      group,
      keys: ['r'],
      run: () => setForm('category'),
    },
    {
      id: 'bulk-accept',
      label: t('bulk.accept'),
      group,
      keys: ['a'],
      run: () => onAction({ type: 'acceptObjects' }),
    },
    {
      id: 'bulk-reject',
      label: t('bulk.reject'),
      group,
      keys: ['x'],
      run: () => onAction({ type: 'rejectObjects' }),
    },
    ...(images
      ? [
          { id: 'bulk-tag', label: t('bulk.tag'), group, keys: ['t'], run: () => setForm('tag') },
          {
            id: 'bulk-transfer',
            label: t('bulk.transfer'),
            group,
            keys: ['m'],
            run: () => setForm('transfer'),
          },
          ...statuses.map((status, index) => ({
            id: `bulk-status-${status}`,
            label: t('bulk.setStatusTo', { status: t(`statuses.${status}`) }),
            group,
            keys: [String(index + 1)],
            run: () => onAction({ type: 'setStatus', status }),
          })),
        ]
      : []),
  ]);

  return (
    <Paper className="bulk-bar" shadow="md" withBorder role="toolbar" aria-label={group}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon aria-label={t('bulk.clear')} onClick={onClear} size="sm">
          <IconX size={16} />
        </ActionIcon>
        <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }} role="status">
          {t(`bulk.selected.${of}`, { count, shown })}
        </Text>
        {!isAll && count < total && (
          <Button variant="subtle" size="compact-xs" onClick={onSelectAll}>
            {t('bulk.selectAll', { count: total, shown: format.count(total) })}
          </Button>
        )}
      </Group>
      <Group gap={4} wrap="nowrap" className="bulk-actions">
        {images && (
          <>
            <Menu position="top">
              <Menu.Target>
                <Button
                  variant="subtle"
                  color="gray"
                  loading={isBusy}
                  leftSection={<IconProgressCheck size={15} />}
                >
                  {t('bulk.status')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {statuses.map((status, index) => (
                  <Menu.Item
                    key={status}
                    leftSection={<StatusIcon status={status} />}
                    rightSection={<kbd className="hint">{index + 1}</kbd>}
                    onClick={() => onAction({ type: 'setStatus', status })}
                  >
                    {t(`statuses.${status}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTag size={15} />}
              onClick={() => setForm('tag')}
            >
              {t('bulk.tag')}
            </Button>
          </>
        )}
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconCategory size={15} />}
          onClick={() => setForm('category')}
        >
          {t('bulk.category')}
        </Button>
        <Menu position="top">
          <Menu.Target>
            <Button variant="subtle" color="gray" leftSection={<IconSparkles size={15} />}>
              {t('bulk.proposals')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconCircleCheck size={14} />}
              onClick={() => onAction({ type: 'acceptObjects' })}
            >
              {t('bulk.accept')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconX size={14} />}
              onClick={() => onAction({ type: 'rejectObjects' })}
            >
              {t('bulk.reject')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {images && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconCopy size={15} />}
            onClick={() => setForm('transfer')}
          >
            {t('bulk.transfer')}
          </Button>
        )}
        <Button variant="subtle" color="red" leftSection={<IconTrash size={15} />} onClick={remove}>
          {t('bulk.delete')}
        </Button>
      </Group>
      <BulkTagForm
        datasetId={datasetId}
        isOpen={form === 'tag'}
        onClose={() => setForm(null)}
        onAction={onAction}
      />
      <BulkCategoryForm
        categories={dataset?.categories ?? []}
        isOpen={form === 'category'}
        onClose={() => setForm(null)}
        onAction={onAction}
      />
      <BulkTransferForm
        datasetId={datasetId}
        isOpen={form === 'transfer'}
        onClose={() => setForm(null)}
        onAction={onAction}
      />
    </Paper>
  );
}
