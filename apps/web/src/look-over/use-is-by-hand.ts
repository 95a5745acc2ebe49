import type { EditorState } from '@migaki/annotator';
import { useEditor } from '../annotate/session/EditorContext.tsx';

/** Where nothing was proposed there is all to draw, and nothing to decide on. A score stays with what was accepted. */
export const isByHand = ({ document }: EditorState): boolean =>
  [...document.objects.values()].every(
    ({ origin, state, score }) =>
      !origin.startsWith('model ') && state !== 'proposed' && score === null,
  );

export const useIsByHand = (): boolean => useEditor(isByHand);
