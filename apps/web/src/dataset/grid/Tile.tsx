// The frame of a tile: its place, its state, its buttons, for which the keyboard has Space and Enter. What it shows comes
// from its kind. A hurried scroll makes hundreds of tiles a second, so a tile is few elements and no library's.

import type { ReactNode } from 'react';
import type { ImageChange } from '../acting/changes.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';

export const footerHeight = 26;

/** What every kind of tile is given. */
export interface TileProps<Item> {
  /** Undefined while it is on its way. */
  item: Item | undefined;
  position: number;
  total: number;
  width: number;
  height: number;
  isSelected: boolean;
  isFocused: boolean;
  style: OverlayStyle;
  isOverlayShown: boolean;
  /** What was done to its image and the pages do not know yet. */
  change?: ImageChange;
}

/** What has become of a tile, where it is not what it was: it is shown beyond colour. */
export type Verdict = 'rejected' | 'deleted';

interface TileFrameProps extends Omit<TileProps<unknown>, 'style' | 'isOverlayShown' | 'change'> {
  label: string | undefined;
  verdict?: Verdict;
  /** Whether there is something to accept or to reject. */
  isUndecided?: boolean;
  isCropped?: boolean;
  picture: ReactNode;
  footer: ReactNode;
}

export function Tile(props: TileFrameProps) {
  const { item, position, total, width, height, isSelected, isFocused, label } = props;
  return (
    <div
      role="option"
      className="tile"
      aria-selected={isSelected}
      aria-posinset={position + 1}
      aria-setsize={total}
      aria-label={label}
      data-position={position}
      data-verdict={props.verdict}
      tabIndex={isFocused ? 0 : -1}
      style={{ width, height }}
    >
      <div
        className="tile-picture"
        data-cropped={props.isCropped}
        style={{ height: height - footerHeight }}
      >
        {props.picture}
      </div>
      <div className="tile-footer">{props.footer}</div>
      {item !== undefined && (
        <>
          <span className="tile-check" data-part="check" aria-hidden />
          <span className="tile-open" data-part="open" aria-hidden />
          {props.isUndecided && (
            <>
              <span className="tile-accept" data-part="accept" aria-hidden />
              <span className="tile-reject" data-part="reject" aria-hidden />
            </>
          )}
        </>
      )}
    </div>
  );
}
