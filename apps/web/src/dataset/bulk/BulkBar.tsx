// What can be done to the chosen images or objects. Lies over the foot of the grid while something is chosen.

import { ActionIcon, Button, Group, Menu, Paper, Text } from '@mantine/core';
import type { BulkAction } from '@migaki/api';
import {
  IconCategory,
  IconCircleCheck,
  IconCopy,
  IconEyeCheck,
  IconMessageReply,
  IconProgressCheck,
  IconSparkles,
  IconTag,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useActions } from '../../shell/actions.ts';
import { capsOf } from '../../shell/keys.ts';
import type { Verb } from '../acting/verbs.ts';
import { StatusIcon, statuses, statusKeys } from '../StatusIcon.tsx';
import { BulkRejectForm } from './BulkRejectForm.tsx';
import { BulkTagForm } from './BulkTagForm.tsx';
import { BulkTransferForm } from './BulkTransferForm.tsx';
import type { TransferOptions } from './use-transfer.ts';

interface BulkBarProps {
  datasetId: number;
  of: 'images' | 'objects';
  count: number;
  total: number;
  isAll: boolean;
  onSelectAll: () => void;
  onClear: () => void;
  onAction: (action: BulkAction) => void;
  onVerb: (verb: Verb) => void;
  onPickCategory: () => void;
  transfer: TransferOptions;
}

type Form = 'tag' | 'reject' | 'transfer';

export function BulkBar(props: BulkBarProps) {
  const { datasetId, of, count, total, isAll, onSelectAll, onClear, onAction } = props;
  const { onVerb, onPickCategory } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [form, setForm] = useState<Form | null>(null);
  const group = t('bulk.group');
  const shown = format.count(count);

  const images = of === 'images';
  useActions([
    { id: 'bulk-clear', label: t('bulk.clear'), group, keys: ['Escape'], run: onClear },
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
          ...statuses.map((status) => ({
            id: `bulk-status-${status}`,
            label: t('bulk.setStatusTo', { status: t(`statuses.${status}`) }),
            group,
            keys: [statusKeys[status]],
            run: () => onAction({ type: 'setStatus', status }),
          })),
          {
            id: 'bulk-reject-images',
            label: t('bulk.rejectImages'),
            group,
            keys: ['shift+x'],
            run: () => setForm('reject'),
          },
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
                <Button variant="subtle" color="gray" leftSection={<IconProgressCheck size={15} />}>
                  {t('bulk.status')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {statuses.map((status) => (
                  <Menu.Item
                    key={status}
                    leftSection={<StatusIcon status={status} />}
                    rightSection={
                      <kbd className="hint">{capsOf(statusKeys[status]).join(' ')}</kbd>
                    }
                    onClick={() => onAction({ type: 'setStatus', status })}
                  >
                    {t(`statuses.${status}`)}
                  </Menu.Item>
                ))}
                <Menu.Divider />
                <Menu.Item
                  leftSection={<IconMessageReply size={14} />}
                  rightSection={<kbd className="hint">{capsOf('shift+x').join(' ')}</kbd>}
                  onClick={() => setForm('reject')}
                >
                  {t('bulk.rejectImages')}
                </Menu.Item>
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
          onClick={onPickCategory}
        >
          {t('bulk.category')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconEyeCheck size={15} />}
          onClick={() => onVerb({ do: 'review' })}
        >
          {t('acting.verbs.review')}
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
              onClick={() => onVerb({ do: 'accept' })}
            >
              {t('bulk.accept')}
            </Menu.Item>
            <Menu.Item leftSection={<IconX size={14} />} onClick={() => onVerb({ do: 'reject' })}>
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
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={15} />}
          onClick={() => onVerb({ do: 'delete' })}
        >
          {t('bulk.delete')}
        </Button>
      </Group>
      <BulkTagForm
        datasetId={datasetId}
        isOpen={form === 'tag'}
        onClose={() => setForm(null)}
        onAction={onAction}
      />
      <BulkRejectForm
        isOpen={form === 'reject'}
        onClose={() => setForm(null)}
        onAction={onAction}
      />
      <BulkTransferForm
        datasetId={datasetId}
        isOpen={form === 'transfer'}
        onClose={() => setForm(null)}
        {...props.transfer}
      />
    </Paper>
  );
}
