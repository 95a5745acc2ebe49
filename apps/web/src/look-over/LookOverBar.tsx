// Below the bar of the annotator while one looks over: how far one is, how long the rest will take, why this picture is
// doubtful, and the keys, as many as there is room for.

import { Button, Tooltip, UnstyledButton } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import { IconCheck, IconHelpCircle, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor, useSession } from '../annotate/session/EditorContext.tsx';
import { useDoubtWords } from '../dataset/doubt-words.ts';
import { useFormat } from '../i18n/use-format.ts';
import { tileQuery } from '../server/grid-tiles.ts';
import { datasetQuery } from '../server/queries.ts';
import { type KeyHint, KeyHints } from '../shell/KeyHints.tsx';
import { capsOf } from '../shell/keys.ts';
import { paceMillis } from './sitting.ts';
import { useIsByHand } from './use-is-by-hand.ts';
import type { Queue } from './use-queue.ts';
import '../dataset/acting/acting.css';
import './look-over.css';

export function LookOverBar({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const keys = useEditor(({ keymap }) => keymap.keysOf['drawing.finish']);
  const key = keys.includes('Enter') ? 'Enter' : keys[0];
  const isByHand = useIsByHand();
  return (
    <section className="look-over-bar" aria-label={t('lookOver.title')} data-region>
      <Progress queue={queue} />
      <Doubts />
      {isByHand && <ByHand />}
      <Keys isByHand={isByHand} />
      <Button
        className="look-over-right"
        size="compact-sm"
        color="teal"
        leftSection={<IconCheck size={14} />}
        onClick={() => dispatch({ type: 'command', name: 'picture.right' })}
      >
        {t(isByHand ? 'lookOver.allDrawn' : 'lookOver.allRight')}
        {key !== undefined && <kbd className="look-over-key">{capsOf(key).join(' ')}</kbd>}
      </Button>
    </section>
  );
}

function Progress({ queue: { sitting, left, known } }: { queue: Queue }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (left === undefined || !known) return <span className="look-over-progress">…</span>;
  const pace = paceMillis(sitting.visits);
  const done = known.position ?? 0;
  const part = left + done === 0 ? 1 : done / (left + done);
  const seconds = (millis: number) => Math.max(1, Math.round(millis / 1000));
  return (
    <span className="look-over-progress" role="status">
      <span className="acting-bar" aria-hidden>
        <span style={{ width: `${part * 100}%` }} />
      </span>
      {t('lookOver.left', { count: left, shown: format.count(left) })}
      {pace === null ? (
        <span className="look-over-pace">{t('lookOver.paceSoon')}</span>
      ) : (
        <Tooltip label={t('lookOver.paceHelp')} multiline maw={280}>
          <span className="look-over-pace">
            {t('lookOver.pace', {
              each: format.duration(seconds(pace)),
              rest: format.duration(seconds(pace * left)),
            })}
          </span>
        </Tooltip>
      )}
    </span>
  );
}

/** Why it is doubtful, as long as something is open on it. */
function Doubts() {
  const { datasetId, image } = useSession();
  const { data: tile } = useQuery(tileQuery(datasetId, image.id));
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const words = useDoubtWords(new Map(dataset?.categories.map((each) => [each.id, each])));
  const isOpen = useEditor(({ document }) =>
    [...document.objects.values()].some(({ state }) => state === 'proposed'),
  );
  if (!isOpen || !tile) return null;
  return (
    <span className="look-over-doubts">
      {tile.doubts.slice(0, 2).map((doubt) => (
        <Tooltip
          key={doubt.reason}
          label={words.sentence(doubt)}
          multiline
          maw={320}
          events={{ hover: true, focus: false, touch: true }}
        >
          <span className="look-over-doubt">
            <IconHelpCircle size={13} aria-hidden />
            {words.short(doubt)}
          </span>
        </Tooltip>
      ))}
    </span>
  );
}

function ByHand() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('lookOver.byHandHelp')} multiline maw={320}>
      <span className="look-over-by-hand">
        <IconPencil size={13} aria-hidden />
        {t('lookOver.byHand')}
      </span>
    </Tooltip>
  );
}

const hinted = [
  ['edit.next-doubtful', 'doubtful'],
  ['edit.accept', 'accept'],
  ['edit.reject', 'reject'],
  ['select.right', 'nudge'],
  ['picture.previous', 'back'],
  ['picture.next', 'pass'],
] as const satisfies readonly (readonly [CommandName, string])[];

function Keys({ isByHand }: { isByHand: boolean }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const keysOf = useEditor(({ keymap }) => keymap.keysOf);
  const [help] = keysOf['picture.help'];
  const keys = hinted.flatMap(([name, word]): KeyHint[] => {
    const [key] = keysOf[name];
    return key === undefined ? [] : [[capsOf(key).join(' '), t(`lookOver.keys.${word}`)]];
  });
  const category: KeyHint = ['1–9', t('lookOver.keys.category')];
  // Nothing to decide on where there is all to draw.
  const shown = isByHand
    ? [category, ...keys.slice(4)]
    : [...keys.slice(0, 3), category, ...keys.slice(3)];
  return (
    <>
      <KeyHints keys={shown} />
      <UnstyledButton
        className="look-over-help"
        onClick={() => dispatch({ type: 'command', name: 'picture.help' })}
      >
        {help !== undefined && <kbd className="hint">{capsOf(help).join(' ')}</kbd>}
        {t('lookOver.keys.all')}
      </UnstyledButton>
    </>
  );
}
