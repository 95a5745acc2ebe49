import { useEditor } from '../annotate/session/EditorContext.tsx';

/** Where nothing was proposed there is all to draw, and nothing to decide on. */
export const useIsByHand = (): boolean =>
  useEditor(({ document }) =>
    [...document.objects.values()].every(({ origin }) => !origin.startsWith('model ')),
  );
