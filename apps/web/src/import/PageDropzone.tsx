// Takes what is dropped anywhere on a page and opens the import dialog with it.

import { Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chosenFile, withoutLeftovers } from './chosen-files.ts';
import { openImport, useImportDialog } from './import-dialog-state.ts';
import './import.css';

export function PageDropzone({ datasetId }: { datasetId?: number }) {
  const { t } = useTranslation();
  const { isOpen } = useImportDialog();
  return (
    <Dropzone.FullScreen
      active={!isOpen}
      onDrop={(files) => openImport({ datasetId, files: withoutLeftovers(files.map(chosenFile)) })}
    >
      <div className="page-drop">
        <IconFileImport size={64} stroke={1.2} />
        <Text size="xl" fw={600}>
          {datasetId === undefined ? t('import.dropHere') : t('import.dropIntoDataset')}
        </Text>
      </div>
    </Dropzone.FullScreen>
  );
}
