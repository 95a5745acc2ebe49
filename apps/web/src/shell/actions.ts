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
  /** The page listens for its keys itself: they are just told here. */
  runsOwnKeys?: boolean;
}

/** Actions of a `cover`, a view that lies over the page, hide those of the page; `global` ones are always there. */
type Layer = 'global' | 'page' | 'cover';

interface Registration {
  /** Replaced with every render of the component: what they do is always what is on the page. */
  actions: readonly Action[];
  layer: Layer;
}

let registrations: readonly Registration[] = [];
/** As the palette and the help list them: renewed only when what can be read there changes. */
let listed: readonly Action[] = [];
const listeners = new Set<() => void>();

const topLayer = (): Layer =>
  registrations.some(({ layer }) => layer === 'cover') ? 'cover' : 'page';

function onOffer(): Action[] {
  const top = topLayer();
  return registrations
    .filter(({ layer }) => layer === 'global' || layer === top)
    .flatMap(({ actions }) => actions);
}

const textOf = (actions: readonly Action[]): string =>
  JSON.stringify(actions.map(({ id, label, group, keys }) => [id, label, group, keys]));

function update(next: readonly Registration[]): void {
  registrations = next;
  listed = onOffer();
  for (const listener of listeners) listener();
}

/** Offers actions while the component is mounted. The ones offered last win where keys collide. */
export function useActions(actions: readonly Action[], layer: Layer = 'page'): void {
  const registration = useRef<Registration>({ actions: [], layer });
  useEffect(() => {
    const own = registration.current;
    const isListed = registrations.includes(own) && textOf(own.actions) === textOf(actions);
    own.actions = actions;
    if (!isListed)
      update(registrations.includes(own) ? [...registrations] : [...registrations, own]);
  });
  useEffect(() => {
    const own = registration.current;
    return () => update(registrations.filter((item) => item !== own));
  }, []);
}

/** The actions on offer, first offered first. Run them by {@link runAction}. */
export const useListedActions = (): readonly Action[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => listed,
  );

export function runAction(id: string): void {
  onOffer()
    .findLast((action) => action.id === id)
    ?.run();
}

/** Whether keys are text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|range|button)$/.test(target.type));

/** Dialogs and menus have their own keys. */
export const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest(
    '.mantine-Modal-content, .mantine-Menu-dropdown, .mantine-Popover-dropdown, .mantine-Spotlight-content, .login-over',
  ) !== null;

/** What has the focus has these keys for itself: Enter presses a button, arrows move through choices. */
const isForFocused = ({ key, target }: KeyboardEvent): boolean =>
  /^(Enter| |Arrow\w+|Home|End|Page\w+)$/.test(key) &&
  target instanceof HTMLElement &&
  target.closest('button, a, input, [role=slider], [role=option], [tabindex]') !== null;

/** Runs actions by their keys. @returns what ends it */
export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const isFree = !isTyping(event.target) && !isInDialog(event.target);
    const action = onOffer().findLast(
      ({ keys = [], runsOwnKeys = false }) =>
        !runsOwnKeys &&
        keys.some((chord) => matchesKey(event, chord) && (isFree || /^mod\+(k|s)$/.test(chord))),
    );
    if (action === undefined) return;
    // A view that covers the page has no choices of its own to move through but its buttons.
    const isArrowOfCover = topLayer() === 'cover' && /^Arrow/.test(event.key);
    if (isForFocused(event) && !isArrowOfCover) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
