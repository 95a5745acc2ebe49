// What was done and has not reached the workbench yet, on whatever page one is: sent in the background, and shown until it
// is there.

import { Badge, Menu, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { WaitingLink } from './WaitingLink.tsx';
import { useWaiting } from './waiting.ts';

export function Unsaved() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  if (waiting.length === 0) return null;
  const count = waiting.reduce((sum, each) => sum + each.count, 0);
  const text = t('annotate.save.unsaved', { count });
  const isStuck = waiting.some((each) => each.isStuck);
  return (
    <Menu>
      <Tooltip label={text}>
        <Menu.Target>
          <Badge
            component="button"
            type="button"
            size="md"
            variant="light"
            color={isStuck ? 'red' : 'yellow'}
            aria-label={text}
            leftSection={isStuck ? <IconAlertTriangle size={12} /> : <IconCloudUp size={12} />}
            style={{ cursor: 'pointer' }}
          >
            {count}
          </Badge>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{text}</Menu.Label>
        {waiting.map((each) => (
          <Menu.Item
            key={`${each.datasetId}/${each.imageId}`}
            color={each.isStuck ? 'red' : undefined}
            renderRoot={(props) => <WaitingLink {...props} waiting={each} />}
          >
            {t('annotate.save.open', { name: each.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
