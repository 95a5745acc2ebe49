// How the picture and its objects look on the canvas: settings of the person, which stay from picture to picture. The
// picture itself never changes by them, nor do tools that look at its pixels.

import { clamp } from '../geometry/point.ts';
import { type ColorBy, colorWays } from './colors.ts';

export interface Look {
  readonly colorBy: ColorBy;
  /** 0 to 1: how much of the picture objects cover. */
  readonly fillOpacity: number;
  readonly areObjectsShown: boolean;
  readonly areLabelsShown: boolean;
  readonly isCrosshairShown: boolean;
  readonly isMinimapShown: boolean;
  /** Proposals of a lower score are not shown. */
  readonly minScore: number;
  /** 1 for the picture as it is, 0 to 3. */
  readonly brightness: number;
  readonly contrast: number;
  readonly isInverted: boolean;
}

export const defaultLook: Look = {
  colorBy: 'category',
  fillOpacity: 0.25,
  areObjectsShown: true,
  areLabelsShown: false,
  isCrosshairShown: false,
  isMinimapShown: true,
  minScore: 0,
  brightness: 1,
  contrast: 1,
  isInverted: false,
};

const maxStrength = 3;
/** Of brightness and contrast, by keys. */
const strengthStep = 0.1;
const opacities = [0, 0.25, 0.5, 0.75] as const;

/** As it may be stored or typed, within what makes sense. */
export function checkedLook(look: Look): Look {
  const within = (name: 'fillOpacity' | 'minScore' | 'brightness' | 'contrast', high: number) =>
    Number.isFinite(look[name]) ? clamp(look[name], 0, high) : defaultLook[name];
  return {
    ...look,
    colorBy: colorWays.includes(look.colorBy) ? look.colorBy : defaultLook.colorBy,
    fillOpacity: within('fillOpacity', 1),
    minScore: within('minScore', 1),
    brightness: within('brightness', maxStrength),
    contrast: within('contrast', maxStrength),
  };
}

/** Whether the picture is shown as it is. */
export const isTrue = ({ brightness, contrast, isInverted }: Look): boolean =>
  brightness === 1 && contrast === 1 && !isInverted;

export const trueColors: Partial<Look> = { brightness: 1, contrast: 1, isInverted: false };

/** What the keys change, each from how it looks to how it shall. */
export const lookChanges = {
  objects: ({ areObjectsShown }) => ({ areObjectsShown: !areObjectsShown }),
  labels: ({ areLabelsShown }) => ({ areLabelsShown: !areLabelsShown }),
  crosshair: ({ isCrosshairShown }) => ({ isCrosshairShown: !isCrosshairShown }),
  minimap: ({ isMinimapShown }) => ({ isMinimapShown: !isMinimapShown }),
  invert: ({ isInverted }) => ({ isInverted: !isInverted }),
  colors: ({ colorBy }) => ({ colorBy: following(colorWays, colorBy) }),
  opacity: ({ fillOpacity }) => ({
    fillOpacity: opacities.find((each) => each > fillOpacity + 0.01) ?? opacities[0],
  }),
  brighter: ({ brightness }) => ({ brightness: stepped(brightness, 1) }),
  darker: ({ brightness }) => ({ brightness: stepped(brightness, -1) }),
  'more-contrast': ({ contrast }) => ({ contrast: stepped(contrast, 1) }),
  'less-contrast': ({ contrast }) => ({ contrast: stepped(contrast, -1) }),
  'true-colors': () => trueColors,
} as const satisfies Record<string, (look: Look) => Partial<Look>>;

/** To a tenth, so that steps up and down lead back to just where they began. */
const stepped = (strength: number, direction: 1 | -1): number =>
  Math.round((strength + direction * strengthStep) * 10) / 10;

const following = <Value>(values: readonly Value[], value: Value): Value =>
  values[(values.indexOf(value) + 1) % values.length];
