// Below the picture, where one looks over with a finger: what the keys do elsewhere, large enough to be touched.

import { UnstyledButton } from '@mantine/core';
import type { CommandName } from '@migaki/annotator';
import {
  IconCheck,
  IconChecks,
  IconHelpCircle,
  IconPlayerTrackNext,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../annotate/session/EditorContext.tsx';
import { useIsByHand } from './use-is-by-hand.ts';

const decisions = [
  { name: 'edit.reject', word: 'reject', icon: IconX },
  { name: 'edit.accept', word: 'accept', icon: IconCheck },
  { name: 'edit.next-doubtful', word: 'doubtful', icon: IconHelpCircle },
] as const;

export function DecideBar() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const isByHand = useIsByHand();
  const hasChosen = useEditor(({ selection }) => selection.length > 0);
  const run = (name: CommandName) => () => dispatch({ type: 'command', name });
  return (
    <section className="decide-bar" aria-label={t('lookOver.decide')} data-region>
      {!isByHand &&
        decisions.map(({ name, word, icon: Icon }) => (
          <UnstyledButton
            key={name}
            className="decide"
            data-decision={word}
            // Still answers: it says that nothing is chosen.
            aria-disabled={!hasChosen && word !== 'doubtful'}
            onClick={run(name)}
          >
            <Icon size={22} aria-hidden />
            <span>{t(`lookOver.keys.${word}`)}</span>
          </UnstyledButton>
        ))}
      <UnstyledButton className="decide" onClick={run('picture.next')}>
        <IconPlayerTrackNext size={22} aria-hidden />
        <span>{t('lookOver.keys.pass')}</span>
      </UnstyledButton>
      <UnstyledButton className="decide" data-decision="right" onClick={run('picture.right')}>
        <IconChecks size={22} aria-hidden />
        <span>{t(isByHand ? 'lookOver.allDrawn' : 'lookOver.allRight')}</span>
      </UnstyledButton>
    </section>
  );
}
