// One picture over the whole page with everything that is known of it. The arrows go on within the query and its order.

import { ActionIcon, Button, FocusTrap, Loader, Text, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChevronLeft,
  IconChevronRight,
  IconFocusCentered,
  IconLayoutSidebarRight,
  IconPencil,
  IconX,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { pictureUrl } from '../../server/client.ts';
import { imageQuery, neighboursQuery, type View } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { useDisplayPreferences } from '../../shell/preferences.ts';
import { undoLast } from '../bulk/undo.ts';
import { narrowScreen } from '../filters/use-filter-sidebar.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { statuses } from '../StatusIcon.tsx';
import { useDisplayActions } from '../toolbar/use-display-actions.ts';
import { ImageDetails } from './ImageDetails.tsx';
import { PictureStage, type StageHandle } from './PictureStage.tsx';
import { useSetStatus } from './use-set-status.ts';
import './detail.css';

interface LightboxProps {
  datasetId: number;
  imageId: number;
  view: View;
  style: OverlayStyle;
  /** @param position of the image within the view */
  onShow: (imageId: number, position: number) => void;
  onClose: () => void;
  onEdit: (imageId: number) => void;
}

/** A key that is held down does not leaf on long after it was let go. */
const mostWaitingSteps = 3;

export function Lightbox({
  datasetId,
  imageId,
  view,
  style,
  onShow,
  onClose,
  onEdit,
}: LightboxProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const stage = useRef<StageHandle>(null);
  const { data: image, error, refetch } = useQuery(imageQuery(datasetId, imageId));
  const { data: neighbours } = useQuery(neighboursQuery(datasetId, imageId, view));
  const [hoveredId, setHoveredId] = useState<number | null>(null);
  // On a narrow screen the picture comes first.
  const isNarrow = useMediaQuery(narrowScreen, undefined, { getInitialValueInEffect: false });
  const [areDetailsShown, setDetailsShown] = useState(!isNarrow);
  const [{ isOverlayShown }] = useDisplayPreferences();
  const setStatus = useSetStatus(datasetId);
  const { previous = null, next = null } = neighbours ?? {};

  // The neighbours are there, picture and all, before they are asked for.
  useEffect(() => {
    for (const id of [next, previous]) {
      if (id === null) continue;
      void queries.prefetchQuery(neighboursQuery(datasetId, id, view));
      queries.fetchQuery(imageQuery(datasetId, id)).then(
        ({ sha256 }) => {
          if (sha256 !== null) new Image().src = pictureUrl(sha256);
        },
        () => {},
      );
    }
  }, [previous, next, datasetId, view, queries]);

  const group = t('detail.group');
  const displayActions = useDisplayActions(group);
  /** Steps that were asked for before it was known where they lead. */
  const waitingSteps = useRef(0);
  const goBy = (step: 1 | -1) => {
    if (neighbours === undefined) {
      const steps = waitingSteps.current + step;
      waitingSteps.current = Math.max(-mostWaitingSteps, Math.min(mostWaitingSteps, steps));
      return;
    }
    const id = step === 1 ? next : previous;
    // One that does not match any more lies between its neighbours: the next one is where it would be.
    if (id !== null) onShow(id, (neighbours.position ?? 0) + step);
    else waitingSteps.current = 0;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what has come to be known goes on
  useEffect(() => {
    const step = Math.sign(waitingSteps.current);
    if (neighbours === undefined || step === 0) return;
    waitingSteps.current -= step;
    goBy(step as 1 | -1);
  }, [neighbours]);
  useActions(
    [
      { id: 'close', label: t('close'), group, keys: ['Escape'], run: onClose },
      {
        id: 'edit',
        label: t('grid.edit'),
        group,
        keys: ['e', 'Enter'],
        run: () => onEdit(imageId),
      },
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
        id: 'details',
        label: t('detail.toggle'),
        group,
        keys: ['i'],
        run: () => setDetailsShown(!areDetailsShown),
      },
      {
        id: 'undo',
        label: t('undo'),
        group,
        keys: ['mod+z'],
        run: () => void undoLast(datasetId, t),
      },
      ...statuses.map((status, index) => ({
        id: `status-${status}`,
        label: t('bulk.setStatusTo', { status: t(`statuses.${status}`) }),
        group,
        keys: [String(index + 1)],
        run: () => setStatus.mutate({ imageId, status }),
      })),
    ],
    'cover',
  );

  return createPortal(
    <FocusTrap active>
      <div className="lightbox" role="dialog" aria-modal aria-label={image?.fileName}>
        <header className="lightbox-bar">
          <ActionIcon aria-label={t('close')} onClick={onClose} data-autofocus>
            <IconX size={18} />
          </ActionIcon>
          <Text fw={600} size="sm" truncate title={image?.fileName}>
            {image?.fileName ?? '…'}
          </Text>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPencil size={14} />}
            onClick={() => onEdit(imageId)}
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
            <Tooltip label={`${t('detail.fit')} (0)`}>
              <ActionIcon aria-label={t('detail.fit')} onClick={() => stage.current?.fit()}>
                <IconFocusCentered size={18} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={`${t('detail.toggle')} (I)`}>
              <ActionIcon
                aria-label={t('detail.toggle')}
                aria-pressed={areDetailsShown}
                onClick={() => setDetailsShown(!areDetailsShown)}
              >
                <IconLayoutSidebarRight size={18} />
              </ActionIcon>
            </Tooltip>
          </div>
        </header>
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
                highlightedId={hoveredId}
                onSwipe={goBy}
              />
              {areDetailsShown && (
                <ImageDetails
                  datasetId={datasetId}
                  image={image}
                  style={style}
                  onHover={setHoveredId}
                />
              )}
            </>
          )}
        </div>
      </div>
    </FocusTrap>,
    document.body,
  );
}
