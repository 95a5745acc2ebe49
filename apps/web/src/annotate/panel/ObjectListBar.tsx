// What of the objects the list shows.

import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconSearch, IconThumbDown } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

interface ObjectListBarProps {
  text: string;
  onText: (text: string) => void;
  withRejected: boolean;
  onWithRejected: (withRejected: boolean) => void;
}

export const ObjectListBar = memo(function ObjectListBar(props: ObjectListBarProps) {
  const { text, onText, withRejected, onWithRejected } = props;
  const { t } = useTranslation();
  return (
    <div className="annotate-objects-bar">
      <TextInput
        size="xs"
        value={text}
        placeholder={t('annotate.panel.findObject')}
        aria-label={t('annotate.panel.findObject')}
        leftSection={<IconSearch size={14} />}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onText('')}
      />
      <Tooltip label={t('annotate.panel.showRejected')}>
        <ActionIcon
          aria-label={t('annotate.panel.showRejected')}
          aria-pressed={withRejected}
          variant={withRejected ? 'light' : 'subtle'}
          onClick={() => onWithRejected(!withRejected)}
        >
          <IconThumbDown size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
});
