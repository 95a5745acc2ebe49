// `?`: the keys of everything that the page offers, from the same table that runs them.

import { Kbd, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useListedActions } from './actions.ts';
import { capsOf } from './keys.ts';

export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const withKeys = useListedActions().filter(({ keys = [] }) => keys.length > 0);
  const groups = Object.entries(Object.groupBy(withKeys, ({ group }) => group)).toReversed();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('help.title')} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {groups.map(([group, actions = []]) => (
          <Stack key={group} gap={6}>
            <Text size="xs" fw={600} c="dimmed" tt="uppercase">
              {group}
            </Text>
            {actions.map(({ id, label, keys = [] }) => (
              <div className="key-row" key={id}>
                <Text size="sm">{label}</Text>
                <span className="caps">
                  {keys.slice(0, 2).map((chord, index) => (
                    <span key={chord} className="caps">
                      {index > 0 && (
                        <Text size="xs" c="dimmed">
                          {t('help.or')}
                        </Text>
                      )}
                      {capsOf(chord).map((cap) => (
                        <Kbd key={cap} size="xs">
                          {cap}
                        </Kbd>
                      ))}
                    </span>
                  ))}
                </span>
              </div>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
