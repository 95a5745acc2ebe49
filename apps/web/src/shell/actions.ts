// Every action of the page that is shown, in one place: the command palette lists them, the keyboard help
// explains them and their keys run them. A page declares an action once.

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { matchesKey } from './keys.ts';

export interface Action {
  id: string;
  label: string;
  /** Heading in the palette and the help. */
  group: string;
  /** Chords that run it, see `keys.ts`; the first is the one that menus show. */
  keys?: readonly string[];
  run: () => void;
  /** Not listed in the palette: moving about makes no sense there. */
  isKeyOnly?: boolean;
}

/** Actions of a `cover`, a view that lies over the page, hide those of the page; `global` ones are always there. */
type Layer = 'global' | 'page' | 'cover';

interface Registration {
  actions: readonly Action[];
  layer: Layer;
}

let registrations: readonly Registration[] = [];
let visible: readonly Action[] = [];
const listeners = new Set<() => void>();

function update(next: readonly Registration[]): void {
  registrations = next;
  const top = registrations.some(({ layer }) => layer === 'cover') ? 'cover' : 'page';
  visible = registrations
    .filter(({ layer }) => layer === 'global' || layer === top)
    .flatMap(({ actions }) => actions);
  for (const listener of listeners) listener();
}

/** Offers actions while the component is mounted. The ones offered last win where keys collide. */
export function useActions(actions: readonly Action[], layer: Layer = 'page'): void {
  const registration = useRef<Registration | undefined>(undefined);
  // Labels and closures change with every render; the place in the order stays.
  useEffect(() => {
    const current = { actions, layer };
    const old = registration.current;
    registration.current = current;
    update(
      old !== undefined && registrations.includes(old)
        ? registrations.map((item) => (item === old ? current : item))
        : [...registrations, current],
    );
  });
  useEffect(
    () => () => {
      update(registrations.filter((item) => item !== registration.current));
    },
    [],
  );
}

/** The actions on offer, last offered first. */
export const useVisibleActions = (): readonly Action[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => visible,
  );

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|range|button)$/.test(target.type));

/** Dialogs and menus have their own keys. */
const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('.mantine-Modal-content, .mantine-Menu-dropdown, [role=listbox]') !== null;

/** Runs actions by their keys. @returns what ends it */
export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const isFree = !isTyping(event.target) && !isInDialog(event.target);
    const action = visible.findLast(({ keys = [] }) =>
      keys.some((chord) => matchesKey(event, chord) && (isFree || /^mod\+(k|s)$/.test(chord))),
    );
    // Enter and Space on a focused button or link press it.
    const pressesIt = event.key === 'Enter' || event.key === ' ';
    if (action === undefined) return;
    if (pressesIt && event.target instanceof HTMLElement && event.target.closest('button, a'))
      return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
