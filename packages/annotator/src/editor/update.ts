// From one state to the next. Pure: the same state and event always give the same state and effects.

import { type ObjectFields, reshape } from '../document/annotation-object.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { CommandName } from '../keymap/commands.ts';
import { keymapOf } from '../keymap/keymap.ts';
import { poseInCategory } from '../operations/pose.ts';
import { addCaption, toggleTag } from '../operations/tags.ts';
import { failed, nextToSend, resumed, saveStatus, sent } from '../save/save-queue.ts';
import {
  acknowledge,
  categoryNotFound,
  giveUp,
  receive,
  reload,
  replaceCategory,
  requestOf,
  resumedWith,
  type Synced,
  setAside,
  settleConflict,
} from '../save/sync.ts';
import { checkedSettings } from '../tools/settings.ts';
import { initialStates, isDrawing, isLooking, toolOf } from '../tools/tool-state.ts';
import { changeOf } from '../transaction/change.ts';
import { type Transaction, withCategory } from '../transaction/transaction.ts';
import {
  fitView,
  imageFromScreen,
  panBy,
  pinchView,
  screenFromImage,
  wheelFactor,
  zoomAt,
} from '../view/view.ts';
import { worked } from '../work-time/work-time.ts';
import { allCommands } from './commands/all-commands.ts';
import { chooseCategory, giveCategory, tellingLost } from './commands/category-commands.ts';
import { changeSelected, told } from './commands/command.ts';
import { deleteObjects, paste } from './commands/edit-commands.ts';
import { setFlag } from './commands/select-commands.ts';
import { setStatus } from './commands/view-commands.ts';
import { commit, remark, withDocument } from './commit.ts';
import type { Effect } from './effect.ts';
import type { EditorEvent, EventOf } from './event.ts';
import { interruptTool, pointWithTool, tellResult, tellTool } from './run-tool.ts';
import { type EditorState, namesOf, nextObjectId, type Update, unchanged } from './state.ts';

/** Events that a person at the machine causes: what work time is made of. */
const isByHand: ReadonlySet<EditorEvent['type']> = new Set([
  'shown',
  'pointer-down',
  'pointer-move',
  'pointer-up',
  'double-click',
  'wheel',
  'pinch',
  'key',
  'command',
  'choose-category',
  'select',
  'set-fields',
  'set-keypoints',
  'toggle-tag',
  'delete',
  'add-caption',
  'set-status',
  'revert',
  'remark',
] satisfies EditorEvent['type'][]);

/**
 * @example
 * const { state, effects } = update(editor, { type: 'key', chord: 'r', atMillis: Date.now() });
 */
export function update(before: EditorState, event: EditorEvent): Update {
  const state = isByHand.has(event.type)
    ? { ...before, workTime: worked(before.workTime, event.atMillis) }
    : before;
  const handle = handlers[event.type] as (state: EditorState, event: EditorEvent) => Update;
  const handled = handle(state, event);
  const result = state.isReadOnly ? withoutChange(state, handled) : handled;
  const saving = save(result.state, event.atMillis);
  return { state: saving.state, effects: [...result.effects, ...saving.effects] };
}

/** Who looks at a picture that was deleted neither draws on it nor changes anything of it, and is told so. */
function withoutChange(state: EditorState, result: Update): Update {
  const { tool, session } = result.state;
  const isChange = session.transactionCount !== state.session.transactionCount;
  const isGesture = tool !== state.tool && !isLooking(tool);
  if (!isChange && !isGesture) return result;
  return told({ ...state, tool: initialStates[toolOf(state.tool)] }, 'read-only');
}

/** Sends the oldest unsaved transaction as soon as nothing else is on its way. */
function save(state: EditorState, nowMillis: number): Update {
  const { sync } = state;
  const transaction = nextToSend(sync.queue, nowMillis);
  if (transaction === null) return unchanged(state);
  const effect: Effect = { type: 'save', request: requestOf(transaction, state) };
  return { state: { ...state, sync: { ...sync, queue: sent(sync.queue) } }, effects: [effect] };
}

type Handlers = {
  readonly [Type in EditorEvent['type']]: (state: EditorState, event: EventOf<Type>) => Update;
};

const handlers: Handlers = {
  shown: unchanged,

  'pointer-down': (state, { screen, modifiers, isPanning, atMillis }) =>
    isPanning
      ? unchanged({ ...state, panning: screen })
      : pointWithTool(state, 'down', { screen, modifiers }, atMillis),

  'pointer-move': (before, { screen, modifiers, atMillis }) => {
    const { panning, view, document, canvas } = before;
    const state = { ...before, pointer: imageFromScreen(view, screen) };
    if (panning === null) return pointWithTool(state, 'move', { screen, modifiers }, atMillis);
    const [dx, dy] = [screen.x - panning.x, screen.y - panning.y];
    return unchanged({
      ...state,
      panning: screen,
      view: panBy(view, dx, dy, document.picture, canvas),
    });
  },

  'pointer-up': (state, { screen, modifiers, atMillis }) =>
    state.panning === null
      ? pointWithTool(state, 'up', { screen, modifiers }, atMillis)
      : unchanged({ ...state, panning: null }),

  'pointer-cancel': (state, { atMillis }) => interruptTool({ ...state, panning: null }, atMillis),

  /** Ends what is being drawn; where nothing is, it shows the whole picture. */
  'double-click': (state, { atMillis }) =>
    state.tool.name === 'select.idle' || state.tool.name === 'pan.idle'
      ? allCommands['view.fit'](state, atMillis)
      : (tellTool(state, 'finish', atMillis) ?? unchanged(state)),

  wheel: (state, { screen, deltaY }) => {
    const { view, document, canvas } = state;
    const zoomed = zoomAt(view, screen, wheelFactor(deltaY), document.picture, canvas);
    return unchanged({ ...state, view: zoomed });
  },

  pinch: (state, { before, after }) => {
    const { view, document, canvas } = state;
    return unchanged({ ...state, view: pinchView(view, before, after, document.picture, canvas) });
  },

  key: (state, { chord, atMillis }) => {
    const name = state.keymap.commandOf.get(chord);
    return name === undefined ? unchanged(state) : runCommand(state, name, atMillis);
  },

  command: (state, { name, atMillis }) => runCommand(state, name, atMillis),

  'choose-category': (state, { categoryId, atMillis }) =>
    chooseCategory(state, categoryId, atMillis),

  select: (state, { ids }) => {
    const selection = ids.filter((id) => state.document.objects.has(id));
    // A gesture or a chosen point belongs to what was selected before.
    return unchanged({ ...state, selection, tool: initialStates[toolOf(state.tool)] });
  },

  'set-hidden': (state, { ids, value }) => unchanged(setFlag(state, 'hidden', ids, value)),
  'set-locked': (state, { ids, value }) => unchanged(setFlag(state, 'locked', ids, value)),

  'set-fields': (state, { ids, fields, label, atMillis }) => {
    const { selection } = state;
    const chosen = { ...state, selection: ids };
    const { categoryId } = fields;
    const result =
      categoryId == null
        ? changeSelected(chosen, label, () => fields, atMillis)
        : giveCategory(chosen, { ...fields, categoryId }, label, atMillis);
    return { ...result, state: { ...result.state, selection } };
  },

  'toggle-tag': (state, { categoryId, atMillis }) => {
    const changes = toggleTag(state.document, categoryId, nextObjectId(state));
    return unchanged(commit(state, { label: 'tag', changes }, atMillis));
  },

  delete: (state, { ids, atMillis }) => {
    const { selection } = state;
    const result = deleteObjects({ ...state, selection: ids }, atMillis);
    const left = selection.filter((id) => result.state.document.objects.has(id));
    return { ...result, state: { ...result.state, selection: left } };
  },

  'set-keypoints': (state, { id, keypoints, atMillis }) => {
    const { selection } = state;
    const wanted = (object: ObjectFields) => reshape(object, { keypoints });
    const only = { ...state, selection: [id] };
    const result = changeSelected(only, 'keypoints', wanted, atMillis);
    return { ...result, state: { ...result.state, selection } };
  },

  'add-caption': (state, { caption, atMillis }) => {
    const text = caption.trim();
    if (text === '') return told(state, 'nothing-left');
    const changes = [addCaption(text, nextObjectId(state))];
    return unchanged(commit(state, { label: 'caption', changes }, atMillis));
  },

  revert: (state, { id, fields, atMillis }) => {
    const now = state.document.objects.get(id);
    if (now !== undefined && state.locked.has(id)) return told(state, 'object-locked');
    const change =
      now === undefined
        ? ({ type: 'add', object: { ...fields, id } } as const)
        : changeOf(now, fields);
    if (change === null) return unchanged(state);
    const label = now === undefined ? 'restore' : 'revert';
    const next = commit(state, { label, changes: [change] }, atMillis);
    return unchanged({ ...next, selection: [id], tool: initialStates[toolOf(state.tool)] });
  },

  remark: (state, { remark: said, atMillis }) => unchanged(remark(state, said, atMillis)),

  paste: (state, { objects, from, atMillis }) => paste(state, objects, from, 'paste', atMillis),

  'set-settings': (state, { settings }) =>
    unchanged({ ...state, settings: checkedSettings({ ...state.settings, ...settings }) }),

  'set-keymap': (state, { keymap }) => unchanged({ ...state, keymap: keymapOf(keymap) }),

  'look-at': (state, { centre }) => {
    const { view, document, canvas } = state;
    const at = screenFromImage(view, centre);
    const [dx, dy] = [canvas.width / 2 - at.x, canvas.height / 2 - at.y];
    return unchanged({ ...state, view: panBy(view, dx, dy, document.picture, canvas) });
  },

  /** The whole picture stays in sight where it was; else what is in the middle stays there. */
  'resize-canvas': (state, { canvas }) => {
    const { view, document } = state;
    const whole = fitView(document.picture, state.canvas);
    if (view.scale === whole.scale && view.x === whole.x && view.y === whole.y) {
      return unchanged({ ...state, canvas, view: fitView(document.picture, canvas) });
    }
    const dx = (canvas.width - state.canvas.width) / 2;
    const dy = (canvas.height - state.canvas.height) / 2;
    return unchanged({ ...state, canvas, view: panBy(view, dx, dy, document.picture, canvas) });
  },

  /** Masks are made pixel by pixel: a scaled or turned copy of the picture would give masks of another one. */
  pixels: (state, { size }) => {
    const { width, height } = state.document.picture;
    const fits = size.width === width && size.height === height;
    return fits ? unchanged({ ...state, hasPixels: true }) : told(state, 'other-size');
  },

  'pixel-result': (state, { id, result, atMillis }) =>
    id === state.taskId ? tellResult(state, result, atMillis) : unchanged(state),

  'set-status': (state, { status, atMillis }) => unchanged(setStatus(state, status, atMillis)),

  /** What is not saved yet will be the later one. */
  'status-news': (state, { status }) => {
    const { document, sync } = state;
    const isOurs = sync.queue.pending.some(({ changes }) =>
      changes.some(({ type }) => type === 'status'),
    );
    if (isOurs || document.picture.status === status) return unchanged(state);
    const picture = { ...document.picture, status };
    return unchanged({ ...state, document: { ...document, picture } });
  },

  'set-read-only': (state, { value }) =>
    unchanged({ ...state, isReadOnly: value, tool: initialStates[toolOf(state.tool)] }),

  /**
   * Objects of a category that is gone keep its id, and the person is told. What the server refused for want of one that is
   * back is sent again.
   */
  categories: (state, { categories }) => {
    const { document, settings } = state;
    const isThere = (id: number | null) => categories.some((category) => category.id === id);
    // One that is gone stays chosen: what is drawn with it is kept until a person says what it is, and never becomes something else.
    const categoryId = settings.categoryId ?? categories[0]?.id ?? null;
    const isChosenGone = settings.categoryId !== null && !isThere(settings.categoryId);
    const ids = [...document.objects.values()].flatMap((object) =>
      object.categoryId === null || isThere(object.categoryId) ? [] : [object.id],
    );
    const next = {
      ...state,
      document: { ...document, categories },
      categoryNames: namesOf(categories, state.categoryNames),
      settings: { ...settings, categoryId },
      sync: resumedWith(state.sync, categories),
    };
    const notice = { code: 'category-gone', ids } as const;
    const isTold = ids.length > 0 || isChosenGone;
    return { state: next, effects: isTold ? [{ type: 'notice', notice }] : [] };
  },

  news: (state, { objects }) => fromOthers(state, receive(state, objects)),

  reloaded: (state, { objects, revision }) => fromOthers(state, reload(state, objects, revision)),

  saved: (state, { answer }) => synced(state, acknowledge(state, answer)),

  'save-failed': (state, { failure, atMillis }) => {
    const queue = setAside(failed(state.sync.queue, failure, atMillis), failure);
    const next = { ...state, sync: { ...state.sync, queue } };
    const { phase } = queue;
    if (phase.type === 'waiting') {
      return { state: next, effects: [{ type: 'wake', atMillis: phase.untilMillis }] };
    }
    // Both versions are needed before anybody can choose.
    if (failure.kind === 'conflict') return { state: next, effects: [{ type: 'reload' }] };
    // It may be back already, or its deletion not known here yet.
    const isCategoryGone = failure.code === categoryNotFound;
    return { state: next, effects: isCategoryGone ? [{ type: 'reload-categories' }] : [] };
  },

  retry: (state, { isNow }) => {
    const { sync } = state;
    return isNow
      ? unchanged({ ...state, sync: { ...sync, queue: resumed(sync.queue) } })
      : unchanged(state);
  },

  'settle-conflict': (state, { id, choice }) => synced(state, settleConflict(state, id, choice)),

  'replace-category': (state, { from, to, atMillis }) => {
    const isThere = state.document.categories.some(({ id }) => id === to);
    if (!isThere) return told(state, 'category-gone');
    const replaced = (transactions: readonly Transaction[]) =>
      transactions.map((each) => withCategory(each, from, to));
    const { done, undone } = state.history;
    const history = { done: replaced(done), undone: replaced(undone) };
    const { categoryId } = state.settings;
    const settings = { ...state.settings, categoryId: categoryId === from ? to : categoryId };
    const next = synced({ ...state, history, settings }, replaceCategory(state, from, to));
    return withPosesOf(state, next, to, atMillis);
  },

  'give-up': (state) => {
    // Waiting helps against everything else, and nothing shall be lost by a wrong key.
    const status = saveStatus(state.sync.queue);
    if (status !== 'refused' && status !== 'server-error') return unchanged(state);
    const given = synced(state, giveUp(state));
    return { ...given, effects: [...given.effects, { type: 'reload' }] };
  },
};

/** Objects that have another category than before take their keypoints along; it is gone, so its names are not known any more. */
function withPosesOf(before: EditorState, after: Update, to: number, atMillis: number): Update {
  const lost = new Set<string>();
  const changes = [...after.state.document.objects.values()].flatMap((object) => {
    const former = before.document.objects.get(object.id);
    if (former === undefined || object.categoryId !== to) return [];
    const pose = poseInCategory(after.state.document, former, to);
    for (const name of pose?.lost ?? []) lost.add(name);
    return (pose && changeOf(object, pose.fields)) ?? [];
  });
  if (changes.length === 0) return after;
  const state = commit(after.state, { label: 'keypoints', changes }, atMillis);
  return tellingLost({ ...after, state }, lost);
}

function runCommand(state: EditorState, name: CommandName, atMillis: number): Update {
  const result = allCommands[name](state, atMillis);
  const { tool, document } = result.state;
  const mayBeStale = tool.name === 'select.idle' && tool === state.tool;
  if (!mayBeStale || document === state.document) return result;
  // The polygon whose point was chosen may have other points now.
  return { ...result, state: { ...result.state, tool: initialStates.select } };
}

/** Takes over a document that changed together with what the server knows of it. */
function synced(state: EditorState, { document, sync }: Synced): Update {
  if (document.objects === state.document.objects) return unchanged({ ...state, document, sync });
  const ids = new Set<ObjectId>();
  for (const [id, object] of document.objects) {
    if (state.document.objects.get(id) !== object) ids.add(id);
  }
  for (const id of state.document.objects.keys()) if (!document.objects.has(id)) ids.add(id);
  const next = { ...withDocument(state, document, ids), sync };
  if (!holds(state, ids)) return unchanged(next);
  // It would end in what nobody saw, over what somebody else did.
  const tool = initialStates[toolOf(state.tool)];
  return isDrawing(state.tool)
    ? told({ ...next, tool }, 'changed-by-other')
    : unchanged({ ...next, tool });
}

/** As {@link synced}. What somebody else has deleted does not go without a word; proposals come and go with their models. */
function fromOthers(state: EditorState, next: Synced): Update {
  const update = synced(state, next);
  const isAnyGone = [...state.document.objects.values()].some(
    (object) => object.state !== 'proposed' && !next.document.objects.has(object.id),
  );
  if (!isAnyGone || update.effects.length > 0) return update;
  return told(update.state, 'deleted-elsewhere');
}

/** Whether the gesture under way, or the point that was chosen, is about one of these objects. */
function holds({ tool, selection }: EditorState, ids: ReadonlySet<ObjectId>): boolean {
  if ('id' in tool) return ids.has(tool.id);
  if ('target' in tool) return tool.target !== null && ids.has(tool.target);
  const isOfSelected = tool.name.startsWith('select.') || tool.name === 'slice.dragging';
  return isOfSelected && selection.some((id) => ids.has(id));
}
