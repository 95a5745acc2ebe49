// Keys of the annotator: the chosen keymap runs them; palette and help list them.

import { type CommandName, cheatSheet, chordOf, hasToFinish } from '@migaki/annotator';
import { type RefObject, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isInDialog, isTyping, useActions } from '../../shell/actions.ts';
import { useEditor } from '../session/EditorContext.tsx';
import type { PictureSession } from '../session/picture-session.ts';
import { heldKeys } from './held-keys.ts';
import { spaceBar } from './space-bar.ts';

export function useAnnotatorKeys(
  { store }: PictureSession,
  root: RefObject<HTMLElement | null>,
  { isLookingOver }: { isLookingOver: boolean },
): void {
  useListedCommands(store.dispatch);
  useEffect(() => {
    const press = (chord: string) => {
      const state = store.get();
      const isEnd = state.keymap.commandOf.get(chord) === 'drawing.finish' && !hasToFinish(state);
      // Where nothing is being drawn that it would finish, it finishes the picture.
      if (isLookingOver && isEnd) store.dispatch({ type: 'command', name: 'picture.right' });
      else store.dispatch({ type: 'key', chord });
    };
    const isOnCanvas = (target: EventTarget | null) =>
      target === document.body ||
      (target instanceof Element && target.closest('.annotate-layers') !== null);
    let escapedFrom: EventTarget | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'F6') {
        event.preventDefault();
        goRound(root.current, event.shiftKey ? -1 : 1);
        return;
      }
      if (isInDialog(event.target)) return;
      if (isTyping(event.target)) {
        if (event.key === 'Escape') escapedFrom = event.target;
        return;
      }
      const isHere = isOnCanvas(event.target);
      if (event.key === ' ' && isHere && !event.ctrlKey) {
        event.preventDefault();
        spaceBar.press();
        return;
      }
      if (!isHere && isForFocused(event)) return;
      const chord = chordOf(event);
      if (!store.get().keymap.commandOf.has(chord)) return;
      event.preventDefault();
      if (!heldKeys.take(chord)) press(chord);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      // The field has done what it does with it: keys are for the canvas again.
      if (event.key === 'Escape' && event.target === escapedFrom) {
        (event.target as HTMLElement | null)?.blur();
        escapedFrom = null;
      }
      if (event.key === ' ' && spaceBar.release()) store.dispatch({ type: 'key', chord: ' ' });
    };
    const onBlur = () => spaceBar.release();
    heldKeys.release(press);
    // Before the keys of the shell, which has some of the same.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', onBlur);
    };
  }, [store, root, isLookingOver]);
}

/** What has the focus has these keys for itself: Tab leads on, Enter presses a button, arrows move through choices. */
const isForFocused = ({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean => {
  if (key === 'Tab') return true;
  if (altKey || ctrlKey || metaKey || !(target instanceof Element)) return false;
  if (/^(Enter| )$/.test(key)) return target.closest('button, a, input, [role=option]') !== null;
  return (
    /^(Arrow\w+|Home|End|Page\w+)$/.test(key) &&
    target.closest(
      'input, [role=slider], [role=radiogroup], [role=tablist], [role=listbox], [role=tree]',
    ) !== null
  );
};

/** From one part of the page to the next. */
function goRound(root: HTMLElement | null, step: 1 | -1): void {
  const parts = [...(root?.querySelectorAll<HTMLElement>('[data-region]') ?? [])];
  if (parts.length === 0) return;
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(at + step + parts.length) % parts.length];
  const focusable = next.matches('[tabindex]')
    ? next
    : next.querySelector<HTMLElement>('[tabindex="0"], button:not(:disabled), input, a');
  focusable?.focus();
}

function useListedCommands(
  dispatch: (event: { type: 'command'; name: CommandName }) => void,
): void {
  const { t } = useTranslation();
  const keymap = useEditor((state) => state.keymap);
  const actions = useMemo(
    () =>
      cheatSheet(keymap).flatMap(({ group, commands }) =>
        commands.map(({ name, keys }) => ({
          id: name,
          label: t(`annotate.commands.${name}`),
          group: t(`annotate.commandGroups.${group}`),
          keys,
          runsOwnKeys: true,
          run: () => dispatch({ type: 'command', name }),
        })),
      ),
    [keymap, t, dispatch],
  );
  useActions(actions, 'cover');
}
