// What has to do with more pictures than the open one.

import { Modal } from '@mantine/core';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyDialog } from './CopyDialog.tsx';
import type { Place } from './frames.ts';
import { InterpolateDialog } from './InterpolateDialog.tsx';
import { PropagateDialog } from './PropagateDialog.tsx';
import './sequence.css';

export type SequenceDialogName = 'copy-from' | 'propagate' | 'interpolate';

const contents: Record<SequenceDialogName, ComponentType<{ place: Place; onClose: () => void }>> = {
  'copy-from': CopyDialog,
  propagate: PropagateDialog,
  interpolate: InterpolateDialog,
};

export function SequenceDialog({
  which,
  place,
  onClose,
}: {
  which: SequenceDialogName | null;
  place: Place;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const Content = which && contents[which];
  return (
    <Modal
      opened={which !== null}
      onClose={onClose}
      size={which === 'copy-from' ? 'min(860px, 94vw)' : 'min(600px, 94vw)'}
      title={which && t(`annotate.sequence.titles.${which}`)}
    >
      {Content && <Content place={place} onClose={onClose} />}
    </Modal>
  );
}
