export interface ImportCounts {
  imagesAdded: number;
  /** Of the file's images those that the dataset had already, by file name. */
  imagesKnown: number;
  /** Of the known ones those that learnt something: a size, a licence, … */
  imagesChanged: number;
  annotationsAdded: number;
  annotationsKnown: number;
  annotationsChanged: number;
  /** In an update: those that images of the file have and the file has not. They stay, unless they are to be deleted. */
  annotationsAbsent: number;
  annotationsDeleted: number;
  categoriesAdded: number;
}
