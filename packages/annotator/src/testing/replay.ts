// Pointers and keys without a browser, in a notation of their own:
//
//   press r; drag 10,10 → 50,40; press 2; click 60,60 +shift; doubleclick 5,5; move 7,7; hold 9,9 → 3,3; wheel 50,40 -100
//
// Positions are pixels of the picture, so that zooming does not change a script. Every step takes 100 milliseconds.

import type { Effect } from '../editor/effect.ts';
import type { EditorEvent } from '../editor/event.ts';
import { fromSnapshot, snapshotOf } from '../editor/snapshot.ts';
import { createEditor, type EditorInit, type EditorState } from '../editor/state.ts';
import { update } from '../editor/update.ts';
import type { PixelBuffer } from '../pixels/pixel-buffer.ts';
import { runPixelTask } from '../pixels/pixel-task.ts';
import type { Modifiers } from '../tools/tool.ts';
import { screenFromImage } from '../view/view.ts';
import { categories, sessionId } from './documents.ts';
import { EditServer } from './edit-server.ts';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMillis'> : never;
type TimelessEvent = WithoutTime<EditorEvent>;

const stepMillis = 100;
const canvas = { width: 1000, height: 800 };

/** An editor with what happened to it, and a server that answers it. */
export class Replay {
  state: EditorState;
  readonly server: EditServer;
  /** All but those on saving. */
  readonly effects: Effect[] = [];
  /** What a hand did: keys, clicks and drags. */
  actions = 0;
  isOnline = true;
  /** Whether answers about pixels wait until they are asked for. */
  isPondering = false;
  #pixels: PixelBuffer | null = null;
  #pondered: (() => void)[] = [];
  #atMillis = 1_000_000;

  constructor(init: Partial<EditorInit> = {}, server?: EditServer) {
    const annotations = init.annotations ?? [];
    this.server = server ?? new EditServer(annotations);
    this.state = createEditor({
      picture: { id: 7, width: 100, height: 80, status: 'in_progress' },
      categories,
      annotations,
      canvas,
      sessionId,
      ...init,
    });
  }

  /** Runs a script. @returns itself, for a chain of scripts and looks at the state */
  run(script: string): this {
    for (const step of script.split(/[;\n]/).map((text) => text.trim())) {
      if (step !== '') this.#step(step);
    }
    return this;
  }

  send(event: TimelessEvent): this {
    const result = update(this.state, { ...event, atMillis: this.#atMillis } as EditorEvent);
    this.state = result.state;
    for (const effect of result.effects) this.#carryOut(effect);
    return this;
  }

  /** The page is loaded anew: what it had kept lies over what the server has. */
  reload(init: Partial<EditorInit> = {}): this {
    const { picture, categories } = this.state.document;
    const annotations = [...this.server.rows].map(([id, row]) => ({ id, ...row }));
    const opened = { picture, categories, annotations, canvas, sessionId, ...init };
    this.state = fromSnapshot(opened, structuredClone(snapshotOf(this.state)));
    return this;
  }

  /** Gives the editor the picture's pixels. */
  show(pixels: PixelBuffer): this {
    this.#pixels = pixels;
    return this.send({ type: 'pixels', size: pixels });
  }

  /** Tells what was asked about pixels so far. */
  answer(): this {
    for (const tell of this.#pondered.splice(0)) tell();
    return this;
  }

  /** The codes of all notices so far. */
  get notices(): string[] {
    return this.effects.flatMap((effect) => (effect.type === 'notice' ? [effect.notice.code] : []));
  }

  #carryOut(effect: Effect): void {
    if (effect.type === 'pixel-task') {
      const { id, task } = effect;
      const window = { ...this.#pixels!, left: 0, top: 0 };
      const tell = () =>
        this.send({ type: 'pixel-result', id, result: runPixelTask(task, window, this.#pixels!) });
      if (this.isPondering) this.#pondered.push(tell);
      else tell();
      return;
    }
    if (effect.type !== 'save') {
      this.effects.push(effect);
      return;
    }
    if (!this.isOnline) {
      this.send({
        type: 'save-failed',
        failure: { kind: 'offline', code: 'offline', message: 'No network.' },
      });
      return;
    }
    const answer = this.server.apply(effect.request);
    if ('failure' in answer) this.send({ type: 'save-failed', failure: answer.failure });
    else this.send({ type: 'saved', answer });
  }

  #step(step: string): void {
    this.#atMillis += stepMillis;
    const [verb, ...words] = step.split(/\s+/);
    const modifiers: Modifiers = {
      shift: words.includes('+shift'),
      alt: words.includes('+alt'),
      mod: words.includes('+mod'),
    };
    const points = words
      .filter((word) => /^-?[\d.]+,-?[\d.]+$/.test(word))
      .map((word) => {
        const [x, y] = word.split(',').map(Number);
        return { x, y };
      });
    const at = (index: number) => ({
      screen: screenFromImage(this.state.view, points[index]),
      modifiers,
    });
    const down = (index: number) =>
      this.send({ type: 'pointer-down', isPanning: words.includes('+pan'), ...at(index) });
    const up = (index: number) => this.send({ type: 'pointer-up', ...at(index) });
    const move = (index: number) => this.send({ type: 'pointer-move', ...at(index) });
    const verbs: Record<string, () => void> = {
      press: () => this.send({ type: 'key', chord: words[0] }),
      move: () => move(0),
      click: () => {
        move(0);
        down(0);
        up(0);
      },
      doubleclick: () => {
        verbs.click();
        verbs.click();
        this.send({ type: 'double-click', ...at(0) });
      },
      drag: () => {
        verbs.hold();
        up(points.length - 1);
      },
      // A drag that goes on.
      hold: () => {
        move(0);
        down(0);
        for (let index = 1; index < points.length; index++) move(index);
      },
      wheel: () => this.send({ type: 'wheel', screen: at(0).screen, deltaY: Number(words.at(-1)) }),
    };
    if (verbs[verb] === undefined) throw new Error(`no such step: ${step}`);
    if (verb !== 'move') this.actions++;
    verbs[verb]();
  }
}

/** One line per object: `-1 cell box 10,10 40×30`. */
export function printObjects({ document }: EditorState): string[] {
  return [...document.objects.values()].map((object) => {
    const { id, categoryId, bbox, segmentation, keypoints, isCrowd, caption, state } = object;
    const category = document.categories.find((each) => each.id === categoryId)?.name ?? 'none';
    const kind =
      segmentation?.type === 'polygons'
        ? `polygon ${segmentation.regions
            .map(({ outer, holes }) =>
              [outer.length / 2, ...holes.map((h) => h.length / 2)].join('−'),
            )
            .join(' + ')}`
        : segmentation?.type === 'mask'
          ? `mask of ${object.area}`
          : keypoints !== null
            ? `pose ${keypoints.filter((_, i) => i % 3 === 2).join('')}`
            : bbox !== null
              ? 'box'
              : caption === null
                ? 'tag'
                : `caption ${caption}`;
    const place = bbox === null ? '' : ` ${bbox[0]},${bbox[1]} ${bbox[2]}×${bbox[3]}`;
    const marks = `${isCrowd ? ' crowd' : ''}${state === 'accepted' ? '' : ` ${state}`}`;
    return `${id} ${category} ${kind}${place}${marks}`;
  });
}

/** The objects that a script leaves in an empty picture of 100 × 80 pixels. */
export const after = (script: string): string[] => printObjects(new Replay().run(script).state);
