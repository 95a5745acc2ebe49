// On a tile, where pictures are seen by what to label next: its place among them, and why it has it.

import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useContext } from 'react';
import { nextToLabelQuery } from '../../server/queries.ts';
import { GridDatasetContext } from '../grid/TileOverlay.tsx';
import { useTurn } from '../grid/use-turn.ts';
import { useReasonWords } from './use-reason-words.ts';

export function TileReason({ imageId }: { imageId: number }) {
  const isByNext = useSearch({ strict: false, select: ({ sort }) => sort === 'next' });
  return isByNext ? <Reason imageId={imageId} /> : null;
}

function Reason({ imageId }: { imageId: number }) {
  const isTurn = useTurn();
  const { data: chosen } = useQuery(nextToLabelQuery(useContext(GridDatasetContext)));
  const { short, sentence } = useReasonWords();
  const image = chosen?.get(imageId);
  if (!isTurn || image === undefined) return null;
  return (
    <div className="tile-words tile-reason" title={sentence(image).join('\n')}>
      <span className="tile-word tile-rank">
        <IconTargetArrow size={12} aria-hidden />
        {image.position}
      </span>
      {short(image).map((word) => (
        <span key={word} className="tile-word">
          {word}
        </span>
      ))}
    </div>
  );
}
