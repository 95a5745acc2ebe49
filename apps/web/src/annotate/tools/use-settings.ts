import type { Settings } from '@migaki/annotator';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

/** The settings of the tools, and how to change some of them. */
export function useSettings(): [Settings, (changed: Partial<Settings>) => void] {
  const dispatch = useDispatch();
  const settings = useEditor((state) => state.settings);
  return [settings, (changed) => dispatch({ type: 'set-settings', settings: changed })];
}
