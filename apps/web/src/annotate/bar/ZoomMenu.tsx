// How near the picture is, and the ways to come nearer.

import { Button, Menu } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { capsOf } from '../../shell/keys.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

const names = [
  'view.fit',
  'view.actual-size',
  'view.zoom-to-object',
  'view.zoom-in',
  'view.zoom-out',
] as const satisfies CommandName[];

export function ZoomMenu() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const percent = useEditor(({ view }) => Math.round(view.scale * 100));
  const keymap = useEditor((state) => state.keymap);
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
        {names.map((name) => (
          <Menu.Item
            key={name}
            rightSection={
              <kbd className="hint">
                {keymap.keysOf[name].slice(0, 1).flatMap(capsOf).join(' ')}
              </kbd>
            }
            onClick={() => dispatch({ type: 'command', name })}
          >
            {t(`annotate.commands.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
