import type { PanelState } from './use-panel.ts';

export function PicturePanel(_: { panel: PanelState }) {
  return null;
}
