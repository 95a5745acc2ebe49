import type { PanelState } from './use-panel.ts';

export function ObjectPanel(_: { panel: PanelState }) {
  return null;
}
