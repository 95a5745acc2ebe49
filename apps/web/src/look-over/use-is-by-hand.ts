import { useEditor } from '../annotate/session/EditorContext.tsx';

/** Where nothing was proposed there is all to draw, and nothing to decide on. A score stays with what was accepted. */
export const useIsByHand = (): boolean =>
  useEditor(({ document }) =>
    [...document.objects.values()].every(
      ({ origin, state, score }) =>
        !origin.startsWith('model ') && state !== 'proposed' && score === null,
    ),
  );
