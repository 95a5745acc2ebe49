// Above the canvas: the way back, where one is in the filter, whether all is saved, undo, zoom, looks, status, help.

import { ActionIcon, Text, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconChevronLeft,
  IconChevronRight,
  IconHelp,
  IconLayoutSidebarRight,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FileName } from '../../dataset/FileName.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useEditor, useSession } from '../session/EditorContext.tsx';
import type { Neighbours } from '../use-neighbours.ts';
import { CommandButton } from './CommandButton.tsx';
import { LookMenu } from './LookMenu.tsx';
import { SaveState } from './SaveState.tsx';
import { StatusMenu } from './StatusMenu.tsx';
import { ZoomMenu } from './ZoomMenu.tsx';

interface TopBarProps {
  neighbours: Neighbours;
  isPanelOpen: boolean;
  onTogglePanel: () => void;
  onHelp: () => void;
}

export function TopBar({ neighbours, isPanelOpen, onTogglePanel, onHelp }: TopBarProps) {
  const { t } = useTranslation();
  const { image } = useSession();
  return (
    <header className="annotate-bar" data-region>
      <CommandButton name="picture.leave" label={t('annotate.bar.back')} icon={IconArrowLeft} />
      <Text size="sm" fw={600} component="div" className="annotate-file-name">
        <FileName fileName={image.fileName} />
      </Text>
      <SaveState />
      <div className="annotate-bar-middle">
        <Steps {...neighbours} />
        <StatusMenu />
      </div>
      <div className="annotate-bar-end">
        <UndoButtons />
        <ZoomMenu />
        <LookMenu />
        <Tooltip label={`${t('annotate.bar.help')} (?)`}>
          <ActionIcon aria-label={t('annotate.bar.help')} onClick={onHelp}>
            <IconHelp size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('annotate.bar.panel')}>
          <ActionIcon
            aria-label={t('annotate.bar.panel')}
            aria-pressed={isPanelOpen}
            onClick={onTogglePanel}
          >
            <IconLayoutSidebarRight size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

function Steps({ known }: Neighbours) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="annotate-steps">
      <CommandButton
        name="picture.previous"
        icon={IconChevronLeft}
        isDisabled={known !== undefined && known.previous === null}
      />
      <Text size="xs" c="dimmed" className="steady-digits" role="status">
        {known === undefined
          ? '…'
          : known.position === null
            ? t('detail.outside')
            : `${format.count(known.position + 1)} / ${format.count(known.total)}`}
      </Text>
      <CommandButton
        name="picture.next"
        icon={IconChevronRight}
        isDisabled={known !== undefined && known.next === null}
      />
    </div>
  );
}

function UndoButtons() {
  const { t } = useTranslation();
  const done = useEditor(({ history }) => history.done.at(-1)?.label ?? null);
  const undone = useEditor(({ history }) => history.undone.at(-1)?.label ?? null);
  const labelOf = (which: 'undo' | 'redo', label: typeof done) =>
    label === null
      ? t(`annotate.bar.${which}`)
      : t(`annotate.bar.${which}Of`, { what: t(`annotate.labels.${label}`) });
  return (
    <>
      <CommandButton
        name="edit.undo"
        label={labelOf('undo', done)}
        icon={IconArrowBackUp}
        isDisabled={done === null}
      />
      <CommandButton
        name="edit.redo"
        label={labelOf('redo', undone)}
        icon={IconArrowForwardUp}
        isDisabled={undone === null}
      />
    </>
  );
}
