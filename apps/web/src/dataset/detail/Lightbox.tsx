// One picture over the whole page with everything that is known of it. The arrows go on within the query and its order.

import { FocusTrap, Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ApiError, type Image } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { imageQuery, type View } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { useDisplayPreferences } from '../../shell/preferences.ts';
import { CategoryPicker } from '../acting/CategoryPicker.tsx';
import { changedPicture } from '../acting/changes.ts';
import { useImageChange } from '../acting/changes-store.ts';
import { HeldUp } from '../acting/HeldUp.tsx';
import { changeImage } from '../acting/perform.ts';
import { undoLast } from '../bulk/undo.ts';
import { useUndoTalk } from '../bulk/use-undo-talk.ts';
import { CommentPins } from '../comments/CommentPins.tsx';
import { CommentThreads } from '../comments/CommentThreads.tsx';
import { narrowScreen } from '../filters/use-filter-sidebar.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { statuses, statusKeys } from '../StatusIcon.tsx';
import { useDisplayActions } from '../toolbar/use-display-actions.ts';
import { useFindSimilar, useFindSimilarObjects } from '../use-find-similar.ts';
import { GoneNotice } from './GoneNotice.tsx';
import { ImageDetails } from './ImageDetails.tsx';
import { LightboxBar } from './LightboxBar.tsx';
import { PictureStage, type StageHandle } from './PictureStage.tsx';
import { useLeafing } from './use-leafing.ts';
import { useLightboxActing } from './use-lightbox-acting.ts';
import { useTalk } from './use-talk.ts';
import './detail.css';

interface LightboxProps {
  datasetId: number;
  imageId: number;
  view: View;
  style: OverlayStyle;
  /** @param position of the image within the view */
  onShow: (imageId: number, position: number) => void;
  onClose: () => void;
  onEdit: (imageId: number, annotationId?: number) => void;
}

export function Lightbox(props: LightboxProps) {
  const { datasetId, imageId, view, style, onShow, onClose, onEdit } = props;
  const { t } = useTranslation();
  const undoTalk = useUndoTalk(datasetId);
  const stage = useRef<StageHandle>(null);
  const { data: now, error, refetch } = useQuery(imageQuery(datasetId, imageId));
  const data = useLastThere(now);
  const change = useImageChange(datasetId, imageId);
  const image = useMemo(() => data && changedPicture(data, change), [data, change]);
  const isGone = error instanceof ApiError && error.status === 404;
  const leafing = useLeafing({ datasetId, imageId, view, onShow });
  const { goBy } = leafing;
  const [hoveredId, setHoveredId] = useState<number | null>(null);
  // On a narrow screen the picture comes first.
  const isNarrow = useMediaQuery(narrowScreen, undefined, { getInitialValueInEffect: false });
  const [areDetailsShown, setDetailsShown] = useState(!isNarrow);
  const toggleDetails = () => setDetailsShown(!areDetailsShown);
  const [{ isOverlayShown }] = useDisplayPreferences();
  const acting = useLightboxActing(datasetId, imageId, image);
  const { focusedId, focusOn } = acting;
  const talk = useTalk({
    datasetId,
    imageId,
    annotations: image?.annotations ?? noAnnotations,
    focusedId,
    onWrite: () => setDetailsShown(true),
  });
  const { draft } = talk;
  const findSimilarPictures = useFindSimilar(datasetId);
  const findSimilarObjects = useFindSimilarObjects(datasetId);
  const findSimilar = () =>
    focusedId === null ? findSimilarPictures(imageId) : findSimilarObjects(focusedId);
  const findLabel = t(focusedId === null ? 'similar.find' : 'similar.findObjects');
  const edit = () => onEdit(imageId, focusedId ?? undefined);

  const group = t('detail.group');
  const displayActions = useDisplayActions(group);
  useActions(
    [
      {
        id: 'close',
        label: t('close'),
        group,
        keys: ['Escape'],
        run: () => (focusedId === null ? onClose() : focusOn(null)),
      },
      { id: 'edit', label: t('grid.edit'), group, keys: ['e', 'Enter'], run: edit },
      {
        id: 'previous',
        label: t('detail.previous'),
        group,
        keys: ['ArrowLeft', 'd'],
        run: () => goBy(-1),
      },
      {
        id: 'next',
        label: t('detail.next'),
        group,
        keys: ['ArrowRight', 'f'],
        run: () => goBy(1),
      },
      { id: 'fit', label: t('detail.fit'), group, keys: ['0'], run: () => stage.current?.fit() },
      {
        id: 'zoom-in',
        label: t('toolbar.larger'),
        group,
        keys: ['+', '='],
        run: () => stage.current?.zoom(1.25),
      },
      {
        id: 'zoom-out',
        label: t('toolbar.smaller'),
        group,
        keys: ['-'],
        run: () => stage.current?.zoom(0.8),
      },
      ...displayActions,
      {
        id: 'similar',
        label: findLabel,
        group,
        keys: ['s'],
        run: findSimilar,
      },
      { id: 'details', label: t('detail.toggle'), group, keys: ['i'], run: toggleDetails },
      {
        id: 'undo',
        label: t('undo'),
        group,
        keys: ['mod+z'],
        run: () => void undoLast(datasetId, undoTalk),
      },
      ...statuses.map((status) => ({
        id: `status-${status}`,
        label: t('bulk.setStatusTo', { status: t(`statuses.${status}`) }),
        group,
        keys: [statusKeys[status]],
        run: () => changeImage(datasetId, imageId, { type: 'setStatus', status }),
      })),
    ],
    'cover',
  );

  return createPortal(
    <FocusTrap active>
      <div className="lightbox" role="dialog" aria-modal aria-label={image?.fileName}>
        <LightboxBar
          fileName={image?.fileName}
          leafing={leafing}
          areDetailsShown={areDetailsShown}
          onToggleDetails={toggleDetails}
          onFit={() => stage.current?.fit()}
          onEdit={edit}
          findLabel={findLabel}
          onFindSimilar={findSimilar}
          onClose={onClose}
        />
        <HeldUp datasetId={datasetId} />
        {image !== undefined && (isGone || image.isDeleted) && (
          <GoneNotice
            datasetId={datasetId}
            imageId={imageId}
            isForGood={isGone}
            onClose={onClose}
          />
        )}
        <div className="lightbox-body">
          {error !== null && image === undefined && <ErrorView error={error} onRetry={refetch} />}
          {image === undefined && error === null && <Loader m="auto" />}
          {image !== undefined && (
            <>
              <PictureStage
                key={image.id}
                ref={stage}
                image={image}
                style={style}
                isOverlayShown={isOverlayShown}
                highlightedId={hoveredId ?? focusedId}
                onSwipe={goBy}
                isPointing={draft !== null}
                onPoint={(at) =>
                  // A place says more than the object that was in focus.
                  draft === null ? acting.focusAt(at) : talk.setDraft({ kind: draft.kind, at })
                }
              >
                {(placement) => (
                  <CommentPins
                    pins={talk.pins}
                    draftAt={draft?.at}
                    activeId={talk.activeId}
                    placement={placement}
                    onPick={(id) => {
                      talk.setActiveId(id);
                      setDetailsShown(true);
                    }}
                  />
                )}
              </PictureStage>
              {areDetailsShown && (
                <ImageDetails
                  datasetId={datasetId}
                  image={image}
                  style={style}
                  focusedId={focusedId}
                  onHover={setHoveredId}
                  onFocus={(id) => focusOn(id === null ? null : { id })}
                  onVerb={acting.act}
                >
                  <CommentThreads
                    threads={talk.threads}
                    actions={talk.actions}
                    draft={draft}
                    activeId={talk.activeId}
                    onDraft={talk.setDraft}
                    onPick={talk.setActiveId}
                  />
                </ImageDetails>
              )}
            </>
          )}
        </div>
        <CategoryPicker
          categories={[...style.categories.values()]}
          colorOf={style.colorOf}
          isOpen={acting.isPicking}
          onClose={() => acting.setPicking(false)}
          onPick={(categoryId) => acting.act({ do: 'categorize', categoryId })}
        />
      </div>
    </FocusTrap>,
    document.body,
  );
}

const noAnnotations: readonly never[] = [];

/** A picture in the trash says nothing of what was on it: that stays in sight as it was. */
function useLastThere(image: Image | undefined): Image | undefined {
  const there = useRef<Image>(undefined);
  if (image?.isDeleted === false) there.current = image;
  const last = there.current;
  if (image?.isDeleted !== true || last?.id !== image.id) return image;
  return { ...last, isDeleted: true };
}
