import type { ObjectId } from '../../document/object-map.ts';
import type { Handle } from '../../geometry/frame.ts';
import type { ImagePoint } from '../../geometry/point.ts';
import type { RotatedBox } from '../../geometry/rotated-box.ts';
import type { RingPlace } from '../../hit-test/hit-test.ts';
import type { Notice } from '../notice.ts';

export interface SelectIdle {
  readonly name: 'select.idle';
  /** The point of the selected polygon that was clicked last: what Delete takes first. */
  readonly vertex: RingPlace | null;
}

/** The button went down on an object and has not moved yet: a click, or the beginning of a move. */
export interface SelectPressing {
  readonly name: 'select.pressing';
  readonly start: ImagePoint;
  /** What a click without a move selects. */
  readonly onClick: readonly ObjectId[];
  /** What it tells. */
  readonly notice?: Notice;
}

export interface SelectMoving {
  readonly name: 'select.moving';
  readonly start: ImagePoint;
  readonly to: ImagePoint;
}

export interface SelectResizing {
  readonly name: 'select.resizing';
  readonly id: ObjectId;
  readonly handle: Handle;
  readonly frame: RotatedBox;
  readonly to: ImagePoint;
}

export interface SelectTurning {
  readonly name: 'select.turning';
  readonly id: ObjectId;
  readonly about: ImagePoint;
  readonly start: ImagePoint;
  readonly to: ImagePoint;
}

export interface SelectVertex {
  readonly name: 'select.vertex';
  readonly id: ObjectId;
  readonly place: RingPlace;
  /** Where on a side it was put in, for a new point. */
  readonly isNew: boolean;
  readonly to: ImagePoint;
  readonly hasMoved: boolean;
}

export interface SelectKeypoint {
  readonly name: 'select.keypoint';
  readonly id: ObjectId;
  readonly keypoint: number;
  readonly to: ImagePoint;
}

export interface SelectMarquee {
  readonly name: 'select.marquee';
  readonly start: ImagePoint;
  readonly to: ImagePoint;
  /** What is selected already and stays so, with Shift. */
  readonly kept: readonly ObjectId[];
}

export type SelectState =
  | SelectIdle
  | SelectPressing
  | SelectMoving
  | SelectResizing
  | SelectTurning
  | SelectVertex
  | SelectKeypoint
  | SelectMarquee;

export const selectIdle: SelectIdle = { name: 'select.idle', vertex: null };
