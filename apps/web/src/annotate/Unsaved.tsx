// What was drawn and has not reached the workbench yet, on whatever page one is: sent in the background, and shown until
// it is there.

import { Badge, Menu, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { sendUnsaved, useWaiting } from './session/outbox.ts';
import { sendWork } from './session/work-telling.ts';

let isSent = false;

export function Unsaved() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  useEffect(() => {
    if (isSent) return;
    isSent = true;
    sendUnsaved().catch(() => {});
    void sendWork();
  }, []);
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
        {waiting.map(({ datasetId, imageId, fileName, isStuck: needsHand }) => (
          <Menu.Item
            key={`${datasetId}/${imageId}`}
            color={needsHand ? 'red' : undefined}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/datasets/$datasetId/annotate/$imageId"
                params={{ datasetId: String(datasetId), imageId: String(imageId) }}
              />
            )}
          >
            {t('annotate.save.open', { name: fileName })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
