import { memo } from 'react';
import { nameParts } from './file-name.ts';
import './file-name.css';

interface FileNameProps {
  fileName: string;
  /** False where there is no room: then it takes that of the number. */
  hasExtension?: boolean;
}

/** The name of a file on one line, without its folders; those are in its title. */
export const FileName = memo(function FileName({ fileName, hasExtension = true }: FileNameProps) {
  const { start, end, extension } = nameParts(fileName);
  return (
    <span className="file-name" title={fileName}>
      {start !== '' && <span className="file-name-start">{start}</span>}
      <span>
        {end}
        {hasExtension && extension}
      </span>
    </span>
  );
});
