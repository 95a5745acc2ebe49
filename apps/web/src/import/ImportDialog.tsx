// Brings pictures and labels in: choose, send, watch, and read what came of it.

import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChooseStep } from './ChooseStep.tsx';
import { ImportingStep } from './ImportingStep.tsx';
import { closeImport, useImportDialog } from './import-dialog-state.ts';
import { UploadingStep } from './UploadingStep.tsx';

export function ImportDialog() {
  const { t } = useTranslation();
  const { isOpen, state } = useImportDialog();
  return (
    <Modal
      opened={isOpen}
      onClose={closeImport}
      size="lg"
      title={t('import.title')}
      closeOnClickOutside={false}
    >
      {state.step === 'choosing' && <ChooseStep state={state} />}
      {state.step === 'uploading' && <UploadingStep upload={state.upload} />}
      {state.step === 'importing' && (
        <ImportingStep datasetId={state.datasetId} jobId={state.jobId} />
      )}
    </Modal>
  );
}
