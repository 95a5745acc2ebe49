// What goes along with the pointer: the ring of the brush, the crosshair. These are elements of the page, which a browser
// moves without drawing anything; on a canvas the whole of it would be drawn with every move.

import type { ScreenPoint } from '@migaki/annotator';

/** As large as what it will paint. */
export interface Ring {
  readonly shape: 'round' | 'square';
  /** CSS pixels. */
  readonly side: number;
  readonly color: string;
}

export interface PointerLayer {
  /** @param at null while the pointer is elsewhere */
  draw(at: ScreenPoint | null, shown: { ring: Ring | null; isCrosshairShown: boolean }): void;
}

export function createPointerLayer(host: HTMLElement): PointerLayer {
  const part = (name: string): HTMLElement => {
    const element = document.createElement('div');
    element.className = name;
    element.hidden = true;
    host.append(element);
    return element;
  };
  const [across, upright] = [part('annotate-crosshair'), part('annotate-crosshair')];
  upright.dataset.isUpright = '';
  const ringElement = part('annotate-ring');
  let last: Ring | null = null;
  return {
    draw(at, { ring, isCrosshairShown }) {
      across.hidden = upright.hidden = at === null || !isCrosshairShown;
      ringElement.hidden = at === null || ring === null;
      if (at === null) return;
      across.style.transform = `translateY(${Math.round(at.y)}px)`;
      upright.style.transform = `translateX(${Math.round(at.x)}px)`;
      if (ring === null) return;
      const { shape, side, color } = ring;
      ringElement.style.transform = `translate(${Math.round(at.x - side / 2)}px, ${Math.round(at.y - side / 2)}px)`;
      if (last?.shape === shape && last.side === side && last.color === color) return;
      last = ring;
      ringElement.style.width = ringElement.style.height = `${side}px`;
      ringElement.style.borderRadius = shape === 'round' ? '50%' : '0';
      ringElement.style.color = color;
    },
  };
}
