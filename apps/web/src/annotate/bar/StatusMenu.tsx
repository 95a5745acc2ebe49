// How far the work on the picture is.

import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatusIcon, statuses } from '../../dataset/StatusIcon.tsx';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { CommandButton } from './CommandButton.tsx';

export function StatusMenu() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const status = useEditor(({ document }) => document.picture.status);
  return (
    <div className="annotate-steps">
      <Menu position="bottom">
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`${t('bulk.status')}: ${t(`statuses.${status}`)}`}
            leftSection={<StatusIcon status={status} />}
            rightSection={<IconChevronDown size={12} />}
            className="annotate-status"
          >
            {t(`statuses.${status}`)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {statuses.map((each) => (
            <Menu.Item
              key={each}
              leftSection={<StatusIcon status={each} />}
              rightSection={each === status ? <IconCheck size={14} /> : null}
              onClick={() => dispatch({ type: 'set-status', status: each })}
            >
              {t(`statuses.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <CommandButton
        name="picture.done"
        label={t('annotate.bar.doneAndNext')}
        icon={IconCheck}
        variant="light"
        color="teal"
      />
    </div>
  );
}
