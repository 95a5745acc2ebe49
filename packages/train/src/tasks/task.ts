// What a task is to the trainer: what it learns from, the layers behind the backbone, the loss, and what a finished model
// answers. A folder each; `tasks.ts` is the table.

import type { Built, GraphBuilder } from '@migaki/graph';
import type { Size } from '../augment/layout.ts';
import type { Recipe } from '../augment/recipe.ts';
import type { FeatureMap } from '../networks/feature-map.ts';
import type { Layers } from '../networks/layers.ts';
import type { PlanOf, TaskName } from './task-plan.ts';

/** Values by name. */
export type Values = Readonly<Record<string, Built>>;

export interface Loss {
  /** One number: what training makes smaller. */
  readonly loss: Built;
  /** What it is made of, for people to look at. */
  readonly parts: Values;
}

/** How places in the input become places in the picture: [N,1,1] each, or [1,1,1] where all pictures have one size. */
export interface Frame {
  /** Pixels of the picture for one of the input. */
  readonly x: Built;
  readonly y: Built;
  /** Pixels of the picture. */
  readonly width: Built;
  readonly height: Built;
}

export interface HeadOptions {
  /** How many channels the maps of a head have. */
  readonly width: number;
  readonly input: Size;
}

/** Holds back gradients: the value itself, which counts as a constant from here on. */
export type Stop = (value: Built) => Built;

export interface Task<Name extends TaskName> {
  /** How its pictures are varied where nothing else is asked for. */
  readonly recipe: (plan: PlanOf<Name>) => Recipe;
  /** Declares the inputs that its encoder fills (`targets.ts` of each task). */
  readonly targets: (g: GraphBuilder, plan: PlanOf<Name>, batch: number, input: Size) => Values;
  /** The layers behind the backbone. */
  readonly head: (
    layers: Layers,
    maps: readonly FeatureMap[],
    plan: PlanOf<Name>,
    options: HeadOptions,
  ) => Values;
  readonly loss: (
    g: GraphBuilder,
    head: Values,
    targets: Values,
    plan: PlanOf<Name>,
    stop: Stop,
  ) => Loss;
  /** What a finished model answers, places in pixels of the picture. */
  readonly answers: (g: GraphBuilder, head: Values, plan: PlanOf<Name>, frame: Frame) => Values;
}
