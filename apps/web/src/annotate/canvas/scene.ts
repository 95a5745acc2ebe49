// What of the editor's state the layers draw. Parts are made anew only when what they are made of has changed, so that
// layers see by identity what they have to draw.

import {
  type AnnotationObject,
  type Category,
  categoryOf,
  colorsOf,
  type Draft,
  type EditorState,
  isOffered,
  type ObjectId,
} from '@migaki/annotator';
import type { ObjectScene } from './object-layer.ts';
import type { Paint } from './paint-object.ts';

export type SceneOf = (state: EditorState, draft: Draft) => ObjectScene;

/** @returns a function that remembers its last answer */
export function createSceneOf(): SceneOf {
  const paintOf = remember(
    (
      colorBy: Parameters<typeof colorsOf>[0],
      fillOpacity: number,
      categories: readonly Category[],
    ): Paint => ({
      colorOf: colorsOf(colorBy, categories),
      fillOpacity,
      categoryOf: (object) => categoryOf({ categories }, object),
      areSidesColored: colorBy === 'category',
    }),
  );
  const shownBy = remember(
    (
      hidden: ReadonlySet<ObjectId>,
      areObjectsShown: boolean,
      minScore: number,
      inTheMaking: string,
    ): ((object: AnnotationObject) => boolean) => {
      const drafts = new Set(inTheMaking === '' ? [] : inTheMaking.split(' ').map(Number));
      return (object) =>
        areObjectsShown &&
        !hidden.has(object.id) &&
        !drafts.has(object.id) &&
        isOffered(object, { minScore });
    },
  );
  const sceneOf = remember(
    (
      document: EditorState['document'],
      index: EditorState['index'],
      isShown: ObjectScene['isShown'],
      paint: Paint,
    ): ObjectScene => ({ document, index, isShown, paint }),
  );
  return (state, draft) => {
    const { colorBy, fillOpacity, areObjectsShown, minScore } = state.settings.look;
    const ids = draft.objects.map(({ id }) => id);
    if (draft.mask?.object != null) ids.push(draft.mask.object);
    return sceneOf(
      state.document,
      state.index,
      shownBy(state.hidden, areObjectsShown, minScore, ids.join(' ')),
      paintOf(colorBy, fillOpacity, state.document.categories),
    );
  };
}

/** The last answer again as long as the arguments are the same. */
export function remember<Arguments extends readonly unknown[], Result>(
  make: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { given: Arguments; result: Result } | null = null;
  return (...given) => {
    if (last === null || given.some((value, i) => !Object.is(value, last!.given[i]))) {
      last = { given, result: make(...given) };
    }
    return last.result;
  };
}
