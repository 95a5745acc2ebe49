import type { CommandName } from '@migaki/annotator';
import { capsOf } from '../../shell/keys.ts';
import { useEditor } from '../session/EditorContext.tsx';

/** ` (Ctrl Z)`, for the end of a tooltip; empty for a command without a key. */
export function useKeyHint(name: CommandName): string {
  const key = useEditor(({ keymap }) => keymap.keysOf[name][0]);
  return key === undefined ? '' : ` (${capsOf(key).join(' ')})`;
}
