// Labels that look wrong to a model, the most doubtful first: one key takes the model's word, another dismisses it for good.

import { Button, Center, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { LabelMistake } from '@migaki/api';
import { type MistakeKind, mistakeKinds } from '@migaki/coco';
import { IconFilterOff, IconMoodCheck, IconZoomExclamation } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useActions } from '../../shell/actions.ts';
import { EmptyState } from '../../shell/EmptyState.tsx';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { type KeyHint, KeyHints } from '../../shell/KeyHints.tsx';
import { allSent } from '../acting/edit-queue.ts';
import { useGridClock } from '../acting/grid-work.ts';
import { HeldUp } from '../acting/HeldUp.tsx';
import { FileNames } from '../FileName.tsx';
import { useOverlayStyle } from '../overlay/use-overlay-style.ts';
import { useOpenAnnotator } from '../use-open-annotator.ts';
import { FindMistakesDialog } from './FindMistakesDialog.tsx';
import { MistakeCard } from './MistakeCard.tsx';
import { type Mistakes, useMistakes } from './use-mistakes.ts';
import '../acting/acting.css';
import './mistakes.css';

const route = getRouteApi('/datasets/$datasetId/mistakes');

/** CSS pixels. */
const wide = { width: 192, height: 172 };
const narrow = { width: 164, height: 150 };

export function MistakesTab() {
  const { t } = useTranslation();
  const datasetId = Number(route.useParams().datasetId);
  const { q = '', kind } = route.useSearch();
  const navigate = route.useNavigate();
  const style = useOverlayStyle(datasetId);
  const mistakes = useMistakes(datasetId, { q, kind });
  const { items, focused, decide, error } = mistakes;
  const [isFinding, setFinding] = useState(false);
  const paneSize = useMediaQuery('(max-width: 600px)') ? narrow : wide;
  const annotate = useOpenAnnotator(datasetId, { q, sort: 'name' }, 'mistakes');
  const open = async ({ image, label }: LabelMistake) => {
    // What was done here must be there before the annotator asks for it.
    await allSent(datasetId);
    await annotate({ imageId: image.id, annotationId: label?.id });
  };
  useGridClock();
  const group = t('mistakes.title');
  useActions([
    {
      id: 'mistake-next',
      label: t('mistakes.next'),
      group,
      keys: ['j', 'ArrowRight', 'ArrowDown'],
      run: () => mistakes.step(1),
      isKeyOnly: true,
    },
    {
      id: 'mistake-previous',
      label: t('mistakes.previous'),
      group,
      keys: ['k', 'ArrowLeft', 'ArrowUp'],
      run: () => mistakes.step(-1),
      isKeyOnly: true,
    },
    {
      id: 'mistake-take',
      label: t('mistakes.takeIt'),
      group,
      keys: ['a'],
      run: () => decide(focused, 'taken'),
    },
    {
      id: 'mistake-dismiss',
      label: t('mistakes.dismissIt'),
      group,
      keys: ['x'],
      run: () => decide(focused, 'dismissed'),
    },
    {
      id: 'mistake-open',
      label: t('mistakes.open'),
      group,
      keys: ['Enter'],
      run: () => focused !== null && void open(focused),
    },
    {
      id: 'mistake-find',
      label: t('mistakes.find.title'),
      group,
      keys: ['f'],
      run: () => setFinding(true),
    },
  ]);
  return (
    <section className="view-content">
      <HeldUp datasetId={datasetId} />
      <MistakesBar
        mistakes={mistakes}
        kind={kind}
        onKind={(next) => void navigate({ search: (old) => ({ ...old, kind: next }) })}
        query={q}
        onClearQuery={() => void navigate({ search: (old) => ({ ...old, q: undefined }) })}
        onFind={() => setFinding(true)}
      />
      {error !== null && items.length === 0 ? (
        <Center h="50vh" p="md">
          <ErrorView error={error} onRetry={mistakes.refetch} />
        </Center>
      ) : mistakes.counts !== undefined && items.length === 0 ? (
        <NoMistakes onFind={() => setFinding(true)} />
      ) : (
        <div className="mistake-list" role="feed" aria-label={group}>
          <FileNames of={items.map(({ image }) => image.fileName)}>
            {items.map((mistake, position) => (
              <MistakeCard
                key={mistake.id}
                mistake={mistake}
                position={position}
                total={items.length}
                isFocused={mistake === focused}
                verdict={mistakes.verdictOf(mistake)}
                style={style}
                paneSize={paneSize}
                onFocus={mistakes.focus}
                onDecide={decide}
                onOpen={open}
              />
            ))}
          </FileNames>
        </div>
      )}
      <FindMistakesDialog
        datasetId={datasetId}
        query={q}
        isOpen={isFinding}
        onClose={() => setFinding(false)}
      />
    </section>
  );
}

interface MistakesBarProps {
  mistakes: Mistakes;
  kind: MistakeKind | undefined;
  onKind: (kind: MistakeKind | undefined) => void;
  query: string;
  onClearQuery: () => void;
  onFind: () => void;
}

/** How many are left of which kind, and the keys that decide on them. */
function MistakesBar(props: MistakesBarProps) {
  const { mistakes, kind, onKind, query, onClearQuery, onFind } = props;
  const { counts, left, startCount } = mistakes;
  const { t } = useTranslation();
  const format = useFormat();
  const total = counts && mistakeKinds.reduce((sum, of) => sum + counts[of], 0);
  const named = (name: string, count: number | undefined) =>
    count === undefined ? name : `${name} ${format.count(count)}`;
  const keys: KeyHint[] = [
    ['J', t('mistakes.short.next')],
    ['K', t('mistakes.short.previous')],
    ['A', t('mistakes.short.take')],
    ['X', t('mistakes.short.dismiss')],
    ['Enter', t('mistakes.short.open')],
  ];
  return (
    <div className="acting-line mistakes-bar">
      <SegmentedControl
        size="xs"
        value={kind ?? 'all'}
        onChange={(value) => onKind(mistakeKinds.find((of) => of === value))}
        data={[
          { value: 'all', label: named(t('mistakes.all'), total) },
          ...mistakeKinds.map((of) => ({
            value: of,
            label: named(t(`mistakes.kinds.${of}`), counts?.[of]),
          })),
        ]}
      />
      {left !== undefined && startCount > 0 && (
        <span className="acting-progress" role="status">
          <span className="acting-bar" aria-hidden>
            <span style={{ width: `${(1 - left / startCount) * 100}%` }} />
          </span>
          {t('mistakes.left', { count: left, shown: format.count(left) })}
        </span>
      )}
      <KeyHints keys={keys} />
      {query !== '' && (
        <Button
          variant="light"
          size="compact-xs"
          leftSection={<IconFilterOff size={13} />}
          onClick={onClearQuery}
        >
          {query}
        </Button>
      )}
      <Button
        variant="light"
        size="compact-xs"
        leftSection={<IconZoomExclamation size={13} />}
        onClick={onFind}
      >
        {t('mistakes.find.button')}
      </Button>
    </div>
  );
}

function NoMistakes({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconMoodCheck size={44} stroke={1.2} />}
      title={t('mistakes.none')}
      advice={t('mistakes.noneAdvice')}
    >
      <Button leftSection={<IconZoomExclamation size={14} />} onClick={onFind}>
        {t('mistakes.find.title')}
      </Button>
    </EmptyState>
  );
}
