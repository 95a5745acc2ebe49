// Ctrl+K: every action of the page, every dataset, every page.

import { Kbd } from '@mantine/core';
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionGroupData,
  useSpotlight,
} from '@mantine/spotlight';
import { IconDatabase, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetsQuery } from '../server/queries.ts';
import { isInDialog, runAction, useListedActions } from './actions.ts';
import { capsOf } from './keys.ts';

const [store, { open: openCommandPalette }] = createSpotlight();

export { openCommandPalette };

/** What is typed before the palette has the focus is for it, and not for the page below. @returns what ends it */
function typeAhead(add: (character: string) => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const isCharacter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isCharacter || isInDialog(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    add(event.key);
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}

export function CommandPalette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const { opened } = useSpotlight(store);
  useLayoutEffect(() => {
    if (opened) return typeAhead((character) => setQuery((text) => text + character));
  }, [opened]);
  const { data: datasets = [] } = useQuery(datasetsQuery());
  const actions = useListedActions().filter(({ isKeyOnly }) => !isKeyOnly);
  const groups: SpotlightActionGroupData[] = Object.entries(
    Object.groupBy(actions, ({ group }) => group),
  )
    .toReversed()
    .map(([group, members = []]) => ({
      group,
      actions: members.map(({ id, label, keys }) => ({
        id,
        label,
        rightSection:
          keys?.[0] === undefined ? null : (
            <span className="caps">
              {capsOf(keys[0]).map((cap) => (
                <Kbd key={cap} size="xs">
                  {cap}
                </Kbd>
              ))}
            </span>
          ),
        // The palette gives the focus back first; what an action opens may then take it.
        onClick: () => setTimeout(() => runAction(id)),
      })),
    }));
  groups.push({
    group: t('datasets.title'),
    actions: datasets.map(({ id, name }) => ({
      id: `dataset-${id}`,
      label: name,
      leftSection: <IconDatabase size={16} />,
      onClick: () =>
        navigate({ to: '/datasets/$datasetId/images', params: { datasetId: String(id) } }),
    })),
  });
  return (
    <Spotlight
      store={store}
      query={query}
      onQueryChange={setQuery}
      actions={groups}
      shortcut={null}
      scrollable
      maxHeight={420}
      highlightQuery
      limit={30}
      title={t('palette.title')}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.title'),
      }}
    />
  );
}
