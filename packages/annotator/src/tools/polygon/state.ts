import type { ImagePoint } from '../../geometry/point.ts';

/** What the finished ring becomes: an object, another part of the selected one, or a hole in it. */
export const polygonRoles = ['object', 'part', 'hole'] as const;
export type PolygonRole = (typeof polygonRoles)[number];

export type PolygonIdle = { readonly name: 'polygon.idle' };

/** Between clicks. */
export interface PolygonDrawing {
  readonly name: 'polygon.drawing';
  readonly role: PolygonRole;
  /** `[x0, y0, …]`, one point at least. */
  readonly points: readonly number[];
  readonly cursor: ImagePoint;
}

/** The button is held: the line follows the hand. */
export interface PolygonTracing {
  readonly name: 'polygon.tracing';
  readonly role: PolygonRole;
  readonly points: readonly number[];
  /** How many points there were when the button went down. */
  readonly pointsBefore: number;
}

export type PolygonState = PolygonIdle | PolygonDrawing | PolygonTracing;

export const polygonIdle: PolygonIdle = { name: 'polygon.idle' };
