// The tools, from top to bottom; on a phone from left to right.

import { toolOf } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../bar/CommandButton.tsx';
import { useEditor } from '../session/EditorContext.tsx';
import { toolGroups, toolIcons } from './tool-icons.ts';

export function ToolRail() {
  const { t } = useTranslation();
  const current = useEditor(({ tool }) => toolOf(tool));
  return (
    <nav className="annotate-rail" aria-label={t('annotate.tools.title')} data-region>
      {toolGroups.map((names) => (
        <div key={names[0]} className="annotate-rail-group">
          {names.map((name) => (
            <CommandButton
              key={name}
              name={`tool.${name}`}
              icon={toolIcons[name]}
              isPressed={name === current}
              size={36}
              iconSize={20}
              variant={name === current ? 'filled' : 'subtle'}
              color={name === current ? 'indigo' : 'gray'}
              tooltipSide="right"
            />
          ))}
        </div>
      ))}
    </nav>
  );
}
