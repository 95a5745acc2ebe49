// How near the picture is, and the ways to come nearer.

import { Button, Menu } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../session/EditorContext.tsx';
import { CommandItems } from './CommandItems.tsx';

const names = [
  'view.fit',
  'view.actual-size',
  'view.zoom-to-object',
  'view.zoom-in',
  'view.zoom-out',
] as const satisfies CommandName[];

export function ZoomMenu() {
  const { t } = useTranslation();
  const percent = useEditor(({ view }) => Math.round(view.scale * 100));
  return (
    <Menu position="bottom">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className="steady-digits wide-only"
          aria-label={`${t('annotate.bar.zoom')}: ${percent} %`}
        >
          {percent} %
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItems names={names} />
      </Menu.Dropdown>
    </Menu>
  );
}
