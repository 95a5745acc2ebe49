// The annotator around its canvas: bar above, tools at the left, panel at the right.

import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeDatasetDialog, useDatasetDialog } from '../dataset/dataset-dialog.ts';
import { EmbedDialog } from '../dataset/map/EmbedDialog.tsx';
import { DecideBar } from '../look-over/DecideBar.tsx';
import { LookOverBar } from '../look-over/LookOverBar.tsx';
import { useQueue } from '../look-over/use-queue.ts';
import type { View } from '../server/queries.ts';
import { NoticeBubble, useNotices } from './bar/NoticeBubble.tsx';
import { TopBar } from './bar/TopBar.tsx';
import { Canvas } from './canvas/Canvas.tsx';
import { KeySheet } from './keys/KeySheet.tsx';
import { useAnnotatorKeys } from './keys/use-annotator-keys.ts';
import { CategoryChip } from './panel/CategoryChip.tsx';
import { Panel } from './panel/Panel.tsx';
import { usePanel } from './panel/use-panel.ts';
import { copyFromNeighbour } from './sequence/copy-from-neighbour.ts';
import { SequenceDialog, type SequenceDialogName } from './sequence/SequenceDialog.tsx';
import { useSession } from './session/EditorContext.tsx';
import { ToolOptions } from './tools/ToolOptions.tsx';
import { ToolRail } from './tools/ToolRail.tsx';
import { Trouble } from './trouble/Trouble.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { usePageEffects } from './use-page-effects.ts';
import { useSimilarObjects } from './use-similar-objects.ts';

interface AnnotatorProps {
  /** In which the arrows go on. */
  view: View;
  /** Id of the annotation to begin at. */
  startAt: number | null;
  /** From one picture with proposals to the next, by doubt. */
  isLookingOver: boolean;
  /** Another picture is on its way. */
  isComing: boolean;
}

export function Annotator({ view, startAt, isLookingOver, isComing }: AnnotatorProps) {
  const { t } = useTranslation();
  const session = useSession();
  const root = useRef<HTMLDivElement>(null);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [dialog, setDialog] = useState<SequenceDialogName | null>(null);
  const notices = useNotices();
  const panel = usePanel();
  const datasetDialog = useDatasetDialog();
  const leafing = useNeighbours(session, view, { isAsked: !isLookingOver });
  const queue = useQueue(session, isLookingOver ? view.q : null);
  const neighbours = queue ?? leafing;
  usePageEffects(session, {
    notify: notices.notify,
    open: neighbours.open,
    copyFrom: (which) => copyFromNeighbour(session, view, which),
    openDialog: setDialog,
    findSimilar: useSimilarObjects(session),
    showHelp: () => setSheetOpen(true),
    focusPanel: panel.focus,
  });
  useAnnotatorKeys(session, root, { isLookingOver });
  useEffect(() => session.store.dispatch({ type: 'shown' }), [session]);
  return (
    <div
      ref={root}
      className="annotator"
      data-coming={isComing || undefined}
      data-panel={panel.isOpen || undefined}
      data-look-over={isLookingOver || undefined}
    >
      <h1 className="visually-hidden">{`${t('annotate.title')}: ${session.image.fileName}`}</h1>
      <TopBar
        neighbours={neighbours}
        isPanelOpen={panel.isOpen}
        onTogglePanel={panel.toggle}
        onHelp={() => setSheetOpen(true)}
      />
      {queue !== null && <LookOverBar queue={queue} />}
      <ToolRail />
      <div className="annotate-stage">
        <ToolOptions />
        <Canvas startAt={startAt} />
        {!panel.isOpen && <CategoryChip />}
        <Trouble />
        <NoticeBubble {...notices} />
      </div>
      {panel.isOpen && <Panel panel={panel} />}
      {queue !== null && <DecideBar />}
      <SequenceDialog
        which={dialog}
        place={{ datasetId: session.datasetId, imageId: session.image.id, view }}
        onClose={() => setDialog(null)}
      />
      <EmbedDialog
        datasetId={session.datasetId}
        of="objects"
        model={null}
        isOpen={datasetDialog === 'compare-objects'}
        onClose={closeDatasetDialog}
      />
      <KeySheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
    </div>
  );
}
