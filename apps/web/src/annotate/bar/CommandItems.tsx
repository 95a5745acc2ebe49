// Commands as lines of a menu, each with its key.

import { Menu } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { capsOf } from '../../shell/keys.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

export function CommandItems({ names }: { names: readonly CommandName[] }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const keymap = useEditor((state) => state.keymap);
  return names.map((name) => (
    <Menu.Item
      key={name}
      rightSection={
        <kbd className="hint">{keymap.keysOf[name].slice(0, 1).flatMap(capsOf).join(' ')}</kbd>
      }
      onClick={() => dispatch({ type: 'command', name })}
    >
      {t(`annotate.commands.${name}`)}
    </Menu.Item>
  ));
}
