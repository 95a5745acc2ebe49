// Queries with an order under a name.

import { ActionIcon, Button, Group, Menu, Modal, TextInput, Tooltip } from '@mantine/core';
import { IconBookmark, IconCheck, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { client, queryClient } from '../../server/client.ts';
import { type View, viewsQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { notifyError } from '../../shell/ErrorView.tsx';

interface SavedViewsProps {
  datasetId: number;
  view: View;
  onChange: (view: View) => void;
}

export function SavedViews({ datasetId, view, onChange }: SavedViewsProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const { data: views = [] } = useQuery(viewsQuery(datasetId));
  const [isSaving, setSaving] = useState(false);
  const [name, setName] = useState('');
  const refresh = () => queryClient.invalidateQueries({ queryKey: viewsQuery(datasetId).queryKey });
  const save = useMutation({
    mutationFn: () =>
      client.saveView({
        params: { datasetId },
        body: { name: name.trim(), query: view.q, sort: view.sort },
      }),
    onSuccess: () => {
      setSaving(false);
      setName('');
      return refresh();
    },
  });
  const remove = useMutation({
    mutationFn: (viewName: string) => client.deleteView({ params: { datasetId, name: viewName } }),
    onSuccess: refresh,
    onError: notifyError,
  });
  useActions([
    {
      id: 'save-view',
      label: t('views.save'),
      group: t('toolbar.group'),
      keys: ['mod+s'],
      run: () => setSaving(true),
    },
    ...views.map(({ name: viewName, query, sort }) => ({
      id: `view-${viewName}`,
      label: t('views.open', { name: viewName }),
      group: t('views.title'),
      run: () => onChange({ q: query, sort }),
    })),
  ]);
  return (
    <>
      <Menu>
        <Menu.Target>
          <Tooltip label={t('views.title')}>
            <ActionIcon aria-label={t('views.title')}>
              <IconBookmark size={18} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown miw={220}>
          {views.length === 0 && <Menu.Label>{t('views.none')}</Menu.Label>}
          {views.map(({ name: viewName, query, sort }) => {
            const isShown = query === view.q && sort === view.sort;
            return (
              <Group key={viewName} gap={2} wrap="nowrap">
                <Menu.Item
                  onClick={() => onChange({ q: query, sort })}
                  leftSection={isShown ? <IconCheck size={14} /> : <IconBookmark size={14} />}
                >
                  {viewName}
                </Menu.Item>
                <ActionIcon
                  size="sm"
                  aria-label={t('views.delete', { name: viewName })}
                  onClick={() => remove.mutate(viewName)}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </Group>
            );
          })}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={14} />} onClick={() => setSaving(true)}>
            {t('views.save')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isSaving} onClose={() => setSaving(false)} title={t('views.save')} size="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <TextInput
            label={t('views.name')}
            description={view.q || t('views.everything')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={sayError(save.error)}
            maxLength={100}
            data-autofocus
          />
          <Group justify="flex-end" mt="md">
            <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
              {t('save')}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
