import { createContext, memo, type ReactNode, useContext, useMemo } from 'react';
import { nameParts } from './file-name.ts';
import { tellingFolders } from './shown-folders.ts';
import './file-name.css';

interface FileNameProps {
  fileName: string;
  /** False where there is no room: then it takes that of the number. */
  hasExtension?: boolean;
}

const noFolders: ReadonlyMap<string, string> = new Map();
const FoldersContext = createContext(noFolders);

/** Names that are shown together: those that would look alike have what tells them apart of their folders. */
export function FileNames({ of, children }: { of: readonly string[]; children: ReactNode }) {
  // As one text: lists are made anew whenever anything of their items changes.
  const names = of.join('\0');
  const folders = useMemo(
    () => (names === '' ? noFolders : tellingFolders(names.split('\0'))),
    [names],
  );
  return <FoldersContext value={folders}>{children}</FoldersContext>;
}

/** The name of a file on one line, with no more of its folders than tells it from others in sight; all are in its title. */
export const FileName = memo(function FileName({ fileName, hasExtension = true }: FileNameProps) {
  const folder = useContext(FoldersContext).get(fileName);
  const { start, end, extension } = nameParts(fileName);
  return (
    <span className="file-name" title={fileName}>
      {folder !== undefined && (
        <>
          <span className="file-name-folder" data-short={folder.length <= 3 || undefined}>
            {folder}
          </span>
          <span className="file-name-slash">/</span>
        </>
      )}
      {start !== '' && <span className="file-name-start">{start}</span>}
      <span>
        {end}
        {hasExtension && extension}
      </span>
    </span>
  );
});
