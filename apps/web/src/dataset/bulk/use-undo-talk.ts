import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { UndoTalk } from './undo.ts';

export function useUndoTalk(datasetId: number): UndoTalk {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return {
    t,
    showChanges: (ofDataset = datasetId) =>
      void navigate({
        to: '/datasets/$datasetId/versions',
        params: { datasetId: String(ofDataset) },
        search: { show: 'changes' },
      }),
  };
}
