// What a change of the category would do to pictures, before it is made: they hold more than the grid tells.

import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import type { Category } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client } from '../../server/client.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import type { TileList } from '../grid/use-tile-list.ts';
import type { ColorOf } from '../overlay/colors.ts';
import { allSent } from './edit-queue.ts';
import type { Recategorizing } from './use-acting.ts';
import './acting.css';

interface RecategorizeDialogProps<Item> {
  list: Pick<TileList<Item>, 'datasetId' | 'getSelection' | 'bulk'>;
  asked: Recategorizing | null;
  categories: readonly Category[];
  colorOf: ColorOf;
  onClose: () => void;
}

export function RecategorizeDialog<Item>(props: RecategorizeDialogProps<Item>) {
  const { asked, categories, onClose } = props;
  const { t } = useTranslation();
  const name = categories.find(({ id }) => id === asked?.to)?.name ?? '';
  return (
    <Modal
      opened={asked !== null}
      onClose={onClose}
      title={t('bulk.recategorize.title', { name })}
      size="sm"
      // Not empty while it fades.
      transitionProps={{ duration: 0 }}
    >
      {asked !== null && <Choice {...props} asked={asked} />}
    </Modal>
  );
}

const everything = 'all';

/** Mounted with the dialog, so that it counts anew. */
function Choice<Item>(props: RecategorizeDialogProps<Item> & { asked: Recategorizing }) {
  const { list, asked, categories, colorOf, onClose } = props;
  const { datasetId, bulk } = list;
  const { t } = useTranslation();
  const format = useFormat();
  const [from, setFrom] = useState(everything);
  const { data, error } = useQuery({
    queryKey: ['dataset', datasetId, 'other-categories', asked],
    queryFn: async () => {
      await allSent(datasetId);
      const selection = asked.selection ?? (await list.getSelection());
      const body = { selection, to: asked.to };
      return client.countOtherCategories({ params: { datasetId }, body });
    },
    gcTime: 0,
  });
  if (error !== null) return <ErrorView error={error} />;
  if (data === undefined) return <Text size="sm">{t('bulk.recategorize.counting')}</Text>;

  const say = ({ objectCount, imageCount }: { objectCount: number; imageCount: number }) =>
    t('bulk.recategorize.count', {
      objects: t('counts.objects', { count: objectCount, shown: format.count(objectCount) }),
      pictures: t('counts.pictures', { count: imageCount, shown: format.count(imageCount) }),
    });
  const named = data.categories.flatMap((counted) => {
    const category = categories.find(({ id }) => id === counted.categoryId);
    return category === undefined ? [] : [{ ...category, counted }];
  });
  const chosen = named.find(({ id }) => String(id) === from);
  const { objectCount } = chosen?.counted ?? data;
  const apply = () => {
    const { to, selection } = asked;
    bulk.mutate({ action: { type: 'setCategory', to, from: chosen?.id }, selection });
    onClose();
  };
  return (
    <Stack>
      {objectCount === 0 ? (
        <Text size="sm">{t('bulk.recategorize.nothing')}</Text>
      ) : (
        <Radio.Group value={from} onChange={setFrom} label={t('bulk.recategorize.which')}>
          <div className="recategorize-choices">
            <Radio
              // Here rather than on the button, which a key that is held would press.
              autoFocus
              data-autofocus
              value={everything}
              label={t('bulk.recategorize.all')}
              description={say(data)}
            />
            {named.map(({ id, name, counted }) => (
              <Radio
                key={id}
                value={String(id)}
                label={
                  <span className="recategorize-name">
                    <span
                      className="swatch"
                      style={{ background: colorOf({ categoryId: id, origin: 'import' }) }}
                    />
                    {name}
                  </span>
                }
                description={say(counted)}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button disabled={objectCount === 0} onClick={apply}>
          {t('bulk.recategorize.change', { count: objectCount, shown: format.count(objectCount) })}
        </Button>
      </Group>
    </Stack>
  );
}
