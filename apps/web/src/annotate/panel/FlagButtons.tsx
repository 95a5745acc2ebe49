// Shows or hides, locks or unlocks some objects.

import { ActionIcon } from '@mantine/core';
import type { ObjectId } from '@migaki/annotator';
import { IconEye, IconEyeOff, IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

export function FlagButtons({ ids, name }: { ids: readonly ObjectId[]; name: string }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const isHidden = useEditor(({ hidden }) => ids.every((id) => hidden.has(id)));
  const isLocked = useEditor(({ locked }) => ids.every((id) => locked.has(id)));
  return (
    <span className="annotate-flags" data-set={isHidden || isLocked || undefined}>
      <ActionIcon
        size={20}
        aria-label={t(`annotate.panel.${isLocked ? 'unlock' : 'lock'}`, { name })}
        aria-pressed={isLocked}
        data-set={isLocked || undefined}
        tabIndex={-1}
        onClick={() => dispatch({ type: 'set-locked', ids, value: !isLocked })}
      >
        {isLocked ? <IconLock size={13} /> : <IconLockOpen size={13} />}
      </ActionIcon>
      <ActionIcon
        size={20}
        aria-label={t(`annotate.panel.${isHidden ? 'show' : 'hide'}`, { name })}
        aria-pressed={isHidden}
        data-set={isHidden || undefined}
        tabIndex={-1}
        onClick={() => dispatch({ type: 'set-hidden', ids, value: !isHidden })}
      >
        {isHidden ? <IconEyeOff size={13} /> : <IconEye size={13} />}
      </ActionIcon>
    </span>
  );
}
