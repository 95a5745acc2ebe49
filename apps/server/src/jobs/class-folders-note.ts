// Folders of pictures are most often just that. An export whose folders are classes says so in a file, which an import looks for;
// other programs look into folders alone.

export const classFoldersNote = {
  path: 'folder-per-class.txt',
  text: 'Each folder here, or in train, val and test, is a class: what is in it is a picture of that.\n',
};

export const hasClassFoldersNote = (paths: readonly string[]): boolean =>
  paths.some(
    (path) => path === classFoldersNote.path || path.endsWith(`/${classFoldersNote.path}`),
  );
