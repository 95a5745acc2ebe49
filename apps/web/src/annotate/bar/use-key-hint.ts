import type { CommandName } from '@migaki/annotator';
import { capsOf } from '../../shell/keys.ts';
import { useEditor } from '../session/EditorContext.tsx';

/** ` (Ctrl Z)`, for the end of a tooltip; empty for a command without a key, and for none. */
export function useKeyHint(name: CommandName | null): string {
  const key = useEditor(({ keymap }) => (name === null ? undefined : keymap.keysOf[name][0]));
  return key === undefined ? '' : ` (${capsOf(key).join(' ')})`;
}
