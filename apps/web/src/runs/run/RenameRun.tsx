import type { RunDetail } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { client, queryClient } from '../../server/client.ts';
import { RenameDialog } from '../../shell/RenameDialog.tsx';

interface RenameRunProps {
  run: RunDetail;
  isOpen: boolean;
  onClose: () => void;
}

export function RenameRun({ run, isOpen, onClose }: RenameRunProps) {
  const { t } = useTranslation();
  return (
    <RenameDialog
      title={t('runs.rename')}
      name={run.name}
      isOpen={isOpen}
      onClose={onClose}
      onRename={async (name) => {
        await client.changeRun({ params: { runId: run.id }, body: { name } });
        await queryClient.invalidateQueries({ queryKey: ['runs'] });
      }}
    />
  );
}
