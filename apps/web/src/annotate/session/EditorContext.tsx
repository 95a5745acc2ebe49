// The picture that is open, for everything around its canvas.

import type { EditorState } from '@migaki/annotator';
import { createContext, type ReactNode, useContext, useRef, useSyncExternalStore } from 'react';
import type { PictureSession } from './picture-session.ts';

const EditorContext = createContext<PictureSession | null>(null);

export function EditorProvider({
  session,
  children,
}: {
  session: PictureSession;
  children: ReactNode;
}) {
  return <EditorContext value={session}>{children}</EditorContext>;
}

export const useSession = (): PictureSession => useContext(EditorContext)!;

export const useDispatch = () => useSession().store.dispatch;

/**
 * A part of the state; the component renders again when that part is another one.
 *
 * @param isSame for parts that are made anew each time
 * @example const tool = useEditor(({ tool }) => toolOf(tool));
 */
export function useEditor<Part>(
  select: (state: EditorState) => Part,
  isSame: (a: Part, b: Part) => boolean = Object.is,
): Part {
  const { store } = useSession();
  const last = useRef<{ state: EditorState; select: unknown; part: Part } | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const state = store.get();
    const before = last.current;
    if (before?.state === state && before.select === select) return before.part;
    const part = select(state);
    const isKept = before !== null && isSame(before.part, part);
    last.current = { state, select, part: isKept ? before.part : part };
    return last.current.part;
  });
}

/** Whether two lists hold the same. */
export const sameItems = <Item,>(a: readonly Item[], b: readonly Item[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
