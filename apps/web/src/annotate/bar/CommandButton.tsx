// A button that runs a command, with the keys that run it too.

import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from '../session/EditorContext.tsx';
import { useKeyHint } from './use-key-hint.ts';

interface CommandButtonProps extends Pick<ActionIconProps, 'size' | 'variant' | 'color'> {
  name: CommandName;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Else the command's own name. */
  label?: string;
  isDisabled?: boolean;
  isPressed?: boolean;
  iconSize?: number;
  tooltipSide?: 'bottom' | 'right' | 'top';
}

export function CommandButton(props: CommandButtonProps) {
  const { name, icon: Icon, isDisabled, isPressed, iconSize = 18, tooltipSide = 'bottom' } = props;
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const label = props.label ?? t(`annotate.commands.${name}`);
  const hint = useKeyHint(name);
  return (
    <Tooltip label={`${label}${hint}`} position={tooltipSide}>
      <ActionIcon
        aria-label={label}
        aria-pressed={isPressed}
        data-disabled={isDisabled || undefined}
        aria-disabled={isDisabled}
        size={props.size}
        variant={props.variant}
        color={props.color}
        onClick={() => dispatch({ type: 'command', name })}
      >
        <Icon size={iconSize} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
