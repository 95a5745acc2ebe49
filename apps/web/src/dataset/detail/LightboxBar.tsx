// Above one picture: its name, the way to the annotator, and from one picture to the next.

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconFocusCentered,
  IconLayoutSidebarRight,
  IconPencil,
  IconPhotoSearch,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { FileName } from '../FileName.tsx';
import type { useLeafing } from './use-leafing.ts';

interface LightboxBarProps {
  fileName: string | undefined;
  leafing: ReturnType<typeof useLeafing>;
  areDetailsShown: boolean;
  onToggleDetails: () => void;
  onFit: () => void;
  onEdit: () => void;
  /** What is looked for: pictures, or objects. */
  findLabel: string;
  onFindSimilar: () => void;
  onClose: () => void;
}

export function LightboxBar(props: LightboxBarProps) {
  const { fileName, leafing, areDetailsShown, onToggleDetails, onFit, onEdit, onClose } = props;
  const { findLabel, onFindSimilar } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { neighbours, previous, next, goBy } = leafing;
  return (
    <header className="lightbox-bar">
      <ActionIcon aria-label={t('close')} onClick={onClose} data-autofocus>
        <IconX size={18} />
      </ActionIcon>
      <Text fw={600} size="sm" miw={0} component="div">
        {fileName === undefined ? '…' : <FileName fileName={fileName} />}
      </Text>
      <Button
        size="compact-sm"
        variant="light"
        className="lightbox-edit"
        aria-label={t('grid.edit')}
        leftSection={<IconPencil size={14} />}
        onClick={onEdit}
      >
        {t('grid.edit')}
      </Button>
      <div className="lightbox-steps">
        <Tooltip label={`${t('detail.previous')} (←)`}>
          <ActionIcon
            aria-label={t('detail.previous')}
            disabled={previous === null}
            onClick={() => goBy(-1)}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <Text size="xs" c="dimmed" className="steady-digits" role="status">
          {neighbours === undefined
            ? '…'
            : neighbours.position === null
              ? t('detail.outside')
              : `${format.count(neighbours.position + 1)} / ${format.count(neighbours.total)}`}
        </Text>
        <Tooltip label={`${t('detail.next')} (→)`}>
          <ActionIcon
            aria-label={t('detail.next')}
            disabled={next === null}
            onClick={() => goBy(1)}
          >
            <IconChevronRight size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${findLabel} (S)`}>
          <ActionIcon aria-label={findLabel} onClick={onFindSimilar}>
            <IconPhotoSearch size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${t('detail.fit')} (0)`}>
          <ActionIcon aria-label={t('detail.fit')} onClick={onFit}>
            <IconFocusCentered size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${t('detail.toggle')} (I)`}>
          <ActionIcon
            aria-label={t('detail.toggle')}
            aria-pressed={areDetailsShown}
            onClick={onToggleDetails}
          >
            <IconLayoutSidebarRight size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
